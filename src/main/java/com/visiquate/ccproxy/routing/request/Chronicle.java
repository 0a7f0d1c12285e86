package com.visiquate.ccproxy.routing.request;

import com.visiquate.ccproxy.bus.Decision;
import com.visiquate.ccproxy.bus.ExchangeEnded.Operation;
import com.visiquate.ccproxy.bus.ScheduleStep;
import com.visiquate.ccproxy.bus.ScheduleStep.Shape;
import com.visiquate.ccproxy.bus.ScheduleStep.Subject;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.Placement;
import com.visiquate.ccproxy.routing.cache.Chain;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The steps of requests since they were last taken from here; owns whether anybody wants them.
 * While nobody does, no step is even built.
 */
public final class Chronicle {
  private List<ScheduleStep> steps = List.of();
  private boolean heard;

  /** Whether somebody listens from now on. */
  public void listen(boolean somebody) {
    heard = somebody;
  }

  public boolean isHeard() {
    return heard;
  }

  /** Notes a step, built only when somebody listens. */
  public void note(Supplier<? extends ScheduleStep> step) {
    if (heard) {
      steps = steps.isEmpty() ? new ArrayList<>() : steps;
      steps.add(step.get());
    }
  }

  /** It waits from now on. */
  public void queued(OpenExchange open, Instant now) {
    note(() -> new ScheduleStep.Queued(open.id(), now, subject(open)));
  }

  /** It waits no longer, and has no slot. */
  public void withdrawn(ExchangeId exchange, Instant now) {
    note(() -> new ScheduleStep.Withdrawn(exchange, now));
  }

  /** It has a slot of this number. */
  public void placed(
      OpenExchange open,
      Placement placement,
      int slot,
      Estimate estimate,
      Decision why,
      Instant now) {
    note(
        () ->
            new ScheduleStep.Placed(
                open.id(),
                now,
                subject(open),
                placement.backend(),
                slot,
                placement.attempt(),
                placement.queued(),
                estimate.promptTokens(),
                estimate.cachedTokens(),
                why));
  }

  /** All steps, in order; they are nobody's afterwards. */
  public List<ScheduleStep> take() {
    List<ScheduleStep> taken = steps;
    steps = List.of();
    return taken;
  }

  /** Who asks for what. */
  public static Subject subject(OpenExchange open) {
    Chain chain = open.chain();
    Submission submission = open.submission();
    return new Subject(
        open.model(),
        open.alias(),
        Operation.of(submission.request()),
        submission.client(),
        submission.conversation(),
        open.priority(),
        open.born(),
        new Shape(
            chain.length(), chain.role(), chain.headLength(), chain.end(), chain.continued()));
  }
}
