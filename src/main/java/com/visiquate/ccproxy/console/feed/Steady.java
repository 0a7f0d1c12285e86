package com.visiquate.ccproxy.console.feed;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Expectations that stay as they were told until they are wrong by so much that somebody would
 * notice: else every one of them would be another with every look, and nothing else be sent.
 */
final class Steady {
  private static final long LEAST = 2_000;
  private static final double NEWS = 0.1;

  private Steady() {}

  /** A moment: that which was told, unless the new one differs by a tenth of what is left. */
  static long moment(JsonNode told, long expected, long now) {
    long slack = Math.max(LEAST, (long) (NEWS * (expected - now)));
    boolean holds = told.isNumber() && Math.abs(told.asLong() - expected) <= slack;
    return holds ? told.asLong() : expected;
  }

  /** A number, to one decimal. */
  static double number(JsonNode told, double measured) {
    boolean holds =
        told.isNumber() && Math.abs(told.asDouble() - measured) <= NEWS * told.asDouble();
    return holds ? told.asDouble() : Math.round(10 * measured) / 10.0;
  }
}
