package com.visiquate.ccproxy.backend;

import java.time.Duration;

/** Allows a few of something in each window of time; owns the count of the current one. */
final class Pacer {
  /** Too short for anybody to notice. */
  static final Duration WINDOW = Duration.ofMillis(25);

  private static final int MOST = 8;
  private long begun = Long.MIN_VALUE;
  private int allowed;

  boolean allows(long nanos) {
    if (begun == Long.MIN_VALUE || nanos - begun >= WINDOW.toNanos()) {
      begun = nanos;
      allowed = 0;
    }
    allowed++;
    return allowed <= MOST;
  }
}
