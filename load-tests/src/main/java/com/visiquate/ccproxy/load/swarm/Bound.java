package com.visiquate.ccproxy.load.swarm;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The time in which no scheduler can do the work sooner: every new text computed once, every role
 * once on one server only, every answer generated, servers never idle; and no agent faster than
 * alone.
 */
final class Bound {
  private Bound() {}

  static double of(List<Assignment> assignments) {
    double longest = assignments.stream().mapToDouble(Assignment::alone).max().orElse(0);
    for (Model model : Model.values()) {
      longest = Math.max(longest, packed(assignments, model) / model.servers().size());
    }
    return longest;
  }

  private static double packed(List<Assignment> assignments, Model model) {
    Map<Role, Double> roles = new HashMap<>();
    double turns = 0;
    for (Assignment assignment : assignments) {
      if (assignment.kind().model() == model) {
        turns += assignment.seconds();
        roles.put(assignment.role(), model.seconds(assignment.role().tokens(), 0));
      }
    }
    return turns + roles.values().stream().mapToDouble(Double::doubleValue).sum();
  }
}
