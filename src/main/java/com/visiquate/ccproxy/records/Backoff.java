package com.visiquate.ccproxy.records;

import java.time.Duration;

/** How long to wait before the next try: twice as long each time, up to a bound. */
final class Backoff {
  private static final Duration FIRST = Duration.ofMillis(250);
  private static final Duration LONGEST = Duration.ofSeconds(15);
  private Duration next = FIRST;

  Duration next() {
    Duration now = next;
    Duration twice = now.multipliedBy(2);
    next = twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
    return now;
  }

  void reset() {
    next = FIRST;
  }
}
