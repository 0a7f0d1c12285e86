package com.visiquate.ccproxy.load.swarm;

import java.util.List;

/**
 * All that one agent will do.
 *
 * @param start seconds after the beginning
 */
record Assignment(String agent, Kind kind, Role role, List<Turn> turns, double start) {
  /** How long a tool takes. */
  static final double TOOL_SECONDS = 5;

  /** Of a server, when everything but the new text of each turn is cached. */
  double seconds() {
    return turns.stream()
        .mapToDouble(turn -> kind.model().seconds(turn.tokens(), turn.answerTokens()))
        .sum();
  }

  /** From its start to its end when it is alone: its role once, its turns, its tools. */
  double alone() {
    double role = kind.model().seconds(role().tokens(), 0);
    return role + seconds() + TOOL_SECONDS * (turns.size() - 1);
  }
}
