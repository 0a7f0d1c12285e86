package com.visiquate.ccproxy.fleet;

import java.time.Duration;

/**
 * How long each part of an exchange with Ollama may take. Zero switches a limit off. By default
 * silence is bounded, and waiting is by the queue; an answer that makes progress takes its time.
 *
 * @param connect until the connection stands
 * @param firstToken from the start on a backend to its first line; loading and prompts are silent,
 *     and 64 k tokens take a large model 20 minutes
 * @param betweenTokens between two lines of a running answer
 * @param total from the client's request to the end of its answer; off by default
 */
public record Limits(
    Duration connect, Duration firstToken, Duration betweenTokens, Duration total) {
  public static final Limits DEFAULT =
      new Limits(
          Duration.ofSeconds(2), Duration.ofMinutes(30), Duration.ofSeconds(120), Duration.ZERO);

  public Limits {
    Expect.that(connect.isPositive(), "connect", connect, "> 0s");
    Expect.that(!firstToken.isNegative(), "first-token", firstToken, ">= 0s");
    Expect.that(!betweenTokens.isNegative(), "between-tokens", betweenTokens, ">= 0s");
    Expect.that(!total.isNegative(), "total", total, ">= 0s");
  }
}
