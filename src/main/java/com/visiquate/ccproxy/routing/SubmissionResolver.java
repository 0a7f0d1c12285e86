package com.visiquate.ccproxy.routing;

import com.visiquate.ccproxy.bus.BusMessage.Submit;
import com.visiquate.ccproxy.fleet.Catalogue;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.Priority;
import com.visiquate.ccproxy.fleet.PriorityRules;
import com.visiquate.ccproxy.routing.request.Submission;
import java.util.Optional;

/** Resolves what a client asked for: its alias to a model, the rules to a class. */
final class SubmissionResolver {
  private SubmissionResolver() {}

  /** The request as the scheduler takes it; empty when the name leads nowhere. */
  static Optional<Submission> resolve(Submit submit, FleetPlan plan) {
    return plan.catalogue()
        .find(submit.request().model())
        .map(match -> submission(submit, match, plan.priorities()));
  }

  private static Submission submission(Submit submit, Catalogue.Match match, PriorityRules rules) {
    return new Submission(
        submit.exchange(),
        submit.ingress(),
        match.model().name(),
        submit.request(),
        priority(submit, match, rules),
        submit.client(),
        submit.deadline(),
        submit.fallback(),
        submit.whole());
  }

  private static Priority priority(Submit submit, Catalogue.Match match, PriorityRules rules) {
    Priority asked = submit.priority();
    if (asked != null) {
      return asked;
    }
    Priority aliased = match.priority();
    return aliased != null ? aliased : rules.of(submit.client());
  }
}
