package com.visiquate.ccproxy.alerts;

import java.time.Duration;

/**
 * How often somebody is tried again, and how long in between: twice as long each time.
 *
 * @param first after the first try
 * @param longest between any two
 * @param tries all together
 */
public record Patience(Duration first, Duration longest, int tries) {
  public static final Patience USUAL =
      new Patience(Duration.ofSeconds(1), Duration.ofMinutes(5), 10);

  private static final int MOST_DOUBLINGS = 30;

  /** How long after so many tries, from 1. */
  Duration after(int tried) {
    Duration wait = first.multipliedBy(1L << Math.min(MOST_DOUBLINGS, tried - 1));
    return wait.compareTo(longest) > 0 ? longest : wait;
  }
}
