package com.visiquate.ccproxy.backend.health;

import com.visiquate.ccproxy.fleet.Health;
import java.time.Duration;

/** When the next probe of a backend is due. */
public final class ProbeTimes {
  private static final long UP_MILLIS = 2_000;
  private static final long DOUBT_MILLIS = 500;
  private static final long DOWN_MOST_MILLIS = 5_000;

  /** Half of the spread around a time, so that many backends are not probed in step. */
  private static final double JITTER = 0.2;

  private int failures;

  /**
   * The time until the next probe.
   *
   * @param chance in [0, 1)
   */
  public Duration next(Health health, double chance) {
    failures = health == Health.DOWN ? failures + 1 : 0;
    long base =
        switch (health) {
          case UP -> UP_MILLIS;
          case UNKNOWN, SUSPECT, PROBING -> DOUBT_MILLIS;
          case DOWN -> Math.min(DOWN_MOST_MILLIS, DOUBT_MILLIS << Math.min(failures - 1, 4));
        };
    return Duration.ofMillis(Math.round(base * (1 - JITTER + 2 * JITTER * chance)));
  }
}
