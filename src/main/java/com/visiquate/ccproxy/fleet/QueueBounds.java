package com.visiquate.ccproxy.fleet;

import java.time.Duration;

/**
 * The bounds of one model's waiting room.
 *
 * @param length most requests that wait, ≥ 0
 * @param longestWait the longest that one of them waits, &gt; 0
 */
public record QueueBounds(int length, Duration longestWait) {
  public static final QueueBounds DEFAULT = new QueueBounds(256, Duration.ofSeconds(300));

  public QueueBounds {
    Expect.that(length >= 0, "length", length, ">= 0");
    Expect.that(longestWait.isPositive(), "wait", longestWait, "> 0s");
  }
}
