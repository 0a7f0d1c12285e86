package com.visiquate.ccproxy.routing;

import com.visiquate.ccproxy.bus.BusMessage.Refused;
import com.visiquate.ccproxy.bus.BusMessage.Submit;
import com.visiquate.ccproxy.bus.SuccessionMessage;
import com.visiquate.ccproxy.bus.SuccessionMessage.Adopt;
import com.visiquate.ccproxy.bus.SuccessionMessage.Remember;
import com.visiquate.ccproxy.bus.SuccessionMessage.Resubmit;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.routing.request.Refusals;
import com.visiquate.ccproxy.routing.request.RoutingEffect;
import com.visiquate.ccproxy.routing.request.Submission;
import com.visiquate.ccproxy.routing.schedule.Reception;
import com.visiquate.ccproxy.routing.schedule.Scheduler;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Takes in requests, those that come and those that were there before, and answers each. */
final class Arrivals {
  private final Scheduler scheduler;
  private final Outbox outbox;

  Arrivals(Scheduler scheduler, Outbox outbox) {
    this.scheduler = scheduler;
    this.outbox = outbox;
  }

  List<RoutingEffect> came(Submit submit, FleetPlan plan, Instant now) {
    return received(submit, plan, submission -> scheduler.submit(submission, now));
  }

  /** What waits or runs since before this routing began. */
  List<RoutingEffect> wasThere(SuccessionMessage message, FleetPlan plan, Instant now) {
    return switch (message) {
      case Resubmit(var submit, var age) ->
          received(
              submit,
              plan,
              submission -> scheduler.succession().resubmit(submission, now.minus(age), now));
      case Remember(var start, var client, var ended) -> {
        scheduler.succession().remember(Inheritance.of(start, client, ended, now), now);
        yield scheduler.finished(ended, now);
      }
      case Adopt adopt -> scheduler.succession().adopt(Inheritance.of(adopt, now), now);
    };
  }

  private List<RoutingEffect> received(
      Submit submit, FleetPlan plan, Function<Submission, Reception> submission) {
    Optional<Submission> found = SubmissionResolver.resolve(submit, plan);
    if (found.isEmpty()) {
      String name = submit.request().model();
      outbox.answer(submit, new Refused(Refusals.unknownModel(name, plan.catalogue())));
      return List.of();
    }
    Reception reception = submission.apply(found.get());
    // Before it starts, so that its client hears this first.
    outbox.answer(submit, reception.admission());
    return reception.effects();
  }
}
