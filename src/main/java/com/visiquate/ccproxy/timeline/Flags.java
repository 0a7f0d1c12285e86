package com.visiquate.ccproxy.timeline;

import com.visiquate.ccproxy.bus.Decision.Rule;
import com.visiquate.ccproxy.fleet.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is little of a row, in one cell.
 *
 * @param outcome null when it was given back, never ran or has not ended
 * @param ghost whether what came after its end was a ghost, and not a hold
 */
record Flags(Rule rule, @Nullable Outcome outcome, boolean calls, boolean ghost) {
  private static final List<Rule> RULES = List.of(Rule.values());
  private static final List<Outcome> OUTCOMES = List.of(Outcome.values());
  private static final int OUTCOME = 4;
  private static final int CALLS = 16;
  private static final int GHOST = 17;

  static Flags of(int cell) {
    int outcome = (cell >> OUTCOME) & 0xff;
    return new Flags(
        RULES.get(cell & 0xf),
        outcome == 0 ? null : OUTCOMES.get(outcome - 1),
        ((cell >> CALLS) & 1) == 1,
        ((cell >> GHOST) & 1) == 1);
  }

  int cell() {
    int how = outcome == null ? 0 : OUTCOMES.indexOf(outcome) + 1;
    int marks = (calls ? 1 << CALLS : 0) | (ghost ? 1 << GHOST : 0);
    return RULES.indexOf(rule) | (how << OUTCOME) | marks;
  }
}
