package com.visiquate.ccproxy.routing;

import com.visiquate.ccproxy.bus.ScheduleStep;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is special about a run of a swarm.
 *
 * @param alike whether each agent does the same in every run of a seed, whatever the settings are
 * @param slowness how many times slower than usual everything is at a second
 * @param listener hears each step of the scheduler; null when nobody does
 */
record SwarmCourse(
    boolean alike, DoubleUnaryOperator slowness, @Nullable Consumer<ScheduleStep> listener) {
  static final SwarmCourse USUAL = new SwarmCourse(false, now -> 1, null);

  /** What an agent decides by. */
  Random random(Random shared, long seed, int agent) {
    return alike ? new Random(31 * seed + agent) : shared;
  }

  SwarmCourse toldTo(Consumer<ScheduleStep> somebody) {
    return new SwarmCourse(alike, slowness, somebody);
  }
}
