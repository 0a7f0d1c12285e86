package com.visiquate.ccproxy.fleet;

import java.time.Duration;

/**
 * How long each part of an exchange with Ollama may take. Zero switches a limit off.
 *
 * @param connect until the connection stands
 * @param firstToken from the start on a backend to its first line; off by default, because loading
 *     and prompts are silent
 * @param betweenTokens between two lines of a running answer
 * @param total from the client's request to the end of its answer
 */
public record Limits(
    Duration connect, Duration firstToken, Duration betweenTokens, Duration total) {
  public static final Limits DEFAULT =
      new Limits(
          Duration.ofSeconds(2), Duration.ZERO, Duration.ofSeconds(120), Duration.ofSeconds(300));

  public Limits {
    Expect.that(connect.isPositive(), "connect", connect, "> 0s");
    Expect.that(!firstToken.isNegative(), "first-token", firstToken, ">= 0s");
    Expect.that(!betweenTokens.isNegative(), "between-tokens", betweenTokens, ">= 0s");
    Expect.that(!total.isNegative(), "total", total, ">= 0s");
  }
}
