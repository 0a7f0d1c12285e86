package com.visiquate.ccproxy.routing.estimate;

import com.visiquate.ccproxy.routing.recent.RecentValues;
import java.time.Duration;

/** Whether somebody's conversations come back after a turn, and how soon. */
public final class ReturnStatistic {
  private static final int ENOUGH = 8;
  private static final double NEWEST = 0.08;

  /** On top of what is usual, for clocks and networks. */
  private static final double MARGIN = 1.1;

  private static final Duration JITTER = Duration.ofMillis(500);

  /** Longer than anybody is waited for. */
  static final Duration UNKNOWN = Duration.ofDays(1);

  private final RecentValues seconds = new RecentValues(64);
  private double chance;
  private int seen;

  /** A guess: who called a tool will bring its result. */
  public ReturnStatistic(boolean calls) {
    chance = calls ? 0.9 : 0.1;
  }

  boolean isLearnt() {
    return seen >= ENOUGH;
  }

  /** That it comes back, 0 to 1. */
  public double chance() {
    return chance;
  }

  /** How soon nearly all of those that come back do; a day when that is not known. */
  public Duration within() {
    if (seconds.size() < ENOUGH) {
      return UNKNOWN;
    }
    return Duration.ofMillis((long) (1_000 * MARGIN * seconds.quantile(0.95))).plus(JITTER);
  }

  void cameBack(double after) {
    seconds.add(after);
    note(1);
  }

  void stayedAway() {
    note(0);
  }

  private void note(double back) {
    chance += NEWEST * (back - chance);
    seen++;
  }
}
