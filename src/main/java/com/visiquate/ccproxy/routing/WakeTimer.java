package com.visiquate.ccproxy.routing;

import com.visiquate.ccproxy.bus.RearmableTimer;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The clock of the room, and its one timer. */
final class WakeTimer implements PendingStarts.Timer {
  /** Soon enough for those who wait, and no flood of lines in the log. */
  private static final Duration AGAIN = Duration.ofMillis(250);

  private final RearmableTimer timer;
  private final InstantSource clock;

  WakeTimer(Vertx vertx, InstantSource clock) {
    this.timer = new RearmableTimer(vertx);
    this.clock = clock;
  }

  @Override
  public Instant now() {
    return clock.instant();
  }

  /** Replaces what it was set to before. */
  @Override
  public void set(Instant at, Runnable then) {
    // A millisecond more, because a timer that is early by a fraction would only be set again.
    long wait = Math.max(0, Duration.between(now(), at).toMillis()) + 1;
    timer.set(Duration.ofMillis(wait), () -> ring(then));
  }

  @Override
  public void cancel() {
    timer.clear();
  }

  /** A bug must not end the waking: what it broke off is begun again a moment later. */
  private void ring(Runnable then) {
    try {
      then.run();
    } catch (RuntimeException bug) {
      RoutingLog.failed(bug);
      if (!timer.isSet()) {
        set(now().plus(AGAIN), then);
      }
    }
  }
}
