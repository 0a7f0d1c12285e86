package com.visiquate.ccproxy.cache.store;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Keeps from asking what does not answer: after some failures in a row it is left alone for a
 * while, then one question tells whether it is back.
 */
final class Breaker {
  private static final int FAILURES = 3;
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private int failures;
  private @Nullable Instant away;
  private Instant again = Instant.MIN;

  /** Whether to ask now; while it is away, one question after each pause. */
  boolean mayAsk(Instant now) {
    if (away == null) {
      return true;
    }
    if (now.isBefore(again)) {
      return false;
    }
    again = now.plus(PAUSE);
    return true;
  }

  /** Says whether it is back. */
  boolean answered() {
    boolean back = away != null;
    failures = 0;
    away = null;
    return back;
  }

  /** Says whether it is away from now on. */
  boolean failed(Instant now) {
    failures++;
    if (away != null || failures < FAILURES) {
      return false;
    }
    away = now;
    again = now.plus(PAUSE);
    return true;
  }

  @Nullable Instant away() {
    return away;
  }
}
