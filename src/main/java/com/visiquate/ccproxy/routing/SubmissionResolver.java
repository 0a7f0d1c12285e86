package com.visiquate.ccproxy.routing;

import com.visiquate.ccproxy.bus.BusMessage.Submit;
import com.visiquate.ccproxy.fleet.Catalogue;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.ModelName;
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
        .map(match -> submission(submit, model(submit, match, plan), match, plan.priorities()));
  }

  /** Where models share the name, the ingress has chosen, unless that one has gone since. */
  private static ModelName model(Submit submit, Catalogue.Match match, FleetPlan plan) {
    ModelName chosen = submit.chosen();
    return chosen != null && plan.catalogue().model(chosen).isPresent()
        ? chosen
        : match.model().name();
  }

  private static Submission submission(
      Submit submit, ModelName model, Catalogue.Match match, PriorityRules rules) {
    return new Submission(
        submit.exchange(),
        submit.ingress(),
        model,
        submit.request(),
        priority(submit, match, rules),
        submit.client(),
        submit.deadline(),
        submit.fallback(),
        submit.whole(),
        submit.conversation());
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
