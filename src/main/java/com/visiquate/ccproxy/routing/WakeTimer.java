package com.visiquate.ccproxy.routing;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The clock of the room; owns its one timer. */
final class WakeTimer implements PendingStarts.Timer {
  private static final long NONE = -1;

  private final Vertx vertx;

  /** Soon enough for those who wait, and no flood of lines in the log. */
  private static final Duration AGAIN = Duration.ofMillis(250);

  private final InstantSource clock;
  private long timer = NONE;

  WakeTimer(Vertx vertx, InstantSource clock) {
    this.vertx = vertx;
    this.clock = clock;
  }

  @Override
  public Instant now() {
    return clock.instant();
  }

  /** Replaces what it was set to before. */
  @Override
  public void set(Instant at, Runnable then) {
    cancel();
    // A millisecond more, because a timer that is early by a fraction would only be set again.
    long wait = Math.max(0, Duration.between(now(), at).toMillis()) + 1;
    timer = vertx.setTimer(wait, fired -> ring(then));
  }

  @Override
  public void cancel() {
    if (timer != NONE) {
      vertx.cancelTimer(timer);
      timer = NONE;
    }
  }

  /** A bug must not end the waking: what it broke off is begun again a moment later. */
  private void ring(Runnable then) {
    timer = NONE;
    try {
      then.run();
    } catch (RuntimeException bug) {
      RoutingLog.failed(bug);
      if (timer == NONE) {
        set(now().plus(AGAIN), then);
      }
    }
  }
}
