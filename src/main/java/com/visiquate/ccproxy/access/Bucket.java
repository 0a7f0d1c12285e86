package com.visiquate.ccproxy.access;

import java.time.Duration;
import java.time.Instant;

/**
 * An allowance that fills up evenly to what a minute allows. It may be overdrawn, because nobody
 * knows before its end what an answer costs; then nothing more begins until the debt is paid.
 */
final class Bucket {
  private static final double NANOS_A_MINUTE = 60e9;
  private final double most;
  private double level;
  private Instant at;

  Bucket(double most, Instant now) {
    this.most = most;
    this.level = most;
    this.at = now;
  }

  /** How long until so much is there; zero when it is. */
  Duration until(double amount, Instant now) {
    fill(now);
    double missing = amount - level;
    return missing <= 0
        ? Duration.ZERO
        : Duration.ofNanos((long) Math.ceil(missing / most * NANOS_A_MINUTE));
  }

  void take(double amount, Instant now) {
    fill(now);
    level -= amount;
  }

  private void fill(Instant now) {
    if (now.isAfter(at)) {
      double gained = Duration.between(at, now).toNanos() / NANOS_A_MINUTE * most;
      level = Math.min(most, level + gained);
      at = now;
    }
  }
}
