package com.visiquate.ccproxy.load;

import java.time.Duration;

/** When requests begin. */
sealed interface Arrivals {
  /** Each of some connections asks again as soon as it has been answered. */
  record Closed(int connections, Duration time) implements Arrivals {}

  /** A request begins at a fixed rate, whatever has become of those before it. */
  record Open(int perSecond, int count) implements Arrivals {
    static Open during(int perSecond, Duration time) {
      return new Open(perSecond, (int) (perSecond * time.toMillis() / 1_000));
    }

    /** When a request is due, in nanoseconds after the first. */
    long due(int index) {
      return index * 1_000_000_000L / perSecond;
    }
  }
}
