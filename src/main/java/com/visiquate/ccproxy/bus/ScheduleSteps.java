package com.visiquate.ccproxy.bus;

import java.util.List;

/**
 * What happened in the queue and the slots during a moment, in order: one message for all of it,
 * because a message for each step would cost more than the step.
 */
public record ScheduleSteps(List<ScheduleStep> steps) implements BusMessage {
  public ScheduleSteps {
    steps = List.copyOf(steps);
  }
}
