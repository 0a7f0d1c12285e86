package com.visiquate.ccproxy.http.ingress;

import com.visiquate.ccproxy.bus.RearmableTimer;
import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * One timer for all exchanges of an ingress. It beats when the first of them is due and not in
 * between: each beat looks at all of them, and before each the selector spins for up to half a
 * millisecond, because it cannot sleep for less than one.
 */
final class Pulse {
  /** A clock that is set back must not keep anybody waiting. */
  private static final Duration LONGEST = Duration.ofSeconds(1);

  /** Nobody notices a heartbeat that is so late, but many beats would cost much. */
  private static final Duration SHORTEST = Duration.ofMillis(25);

  private final RearmableTimer timer;
  private final Runnable beat;
  private long beatsAt;

  Pulse(Vertx vertx, Runnable beat) {
    this.timer = new RearmableTimer(vertx);
    this.beat = beat;
  }

  /** Beats after this time at the latest, and from then on until it is stopped. */
  void beatAfter(Duration time) {
    long millis = Math.clamp(time.toMillis() + 1, SHORTEST.toMillis(), LONGEST.toMillis());
    long at = System.nanoTime() + Duration.ofMillis(millis).toNanos();
    if (!timer.isSet() || at - beatsAt < 0) {
      beatsAt = at;
      timer.set(Duration.ofMillis(millis), this::beat);
    }
  }

  /** Stopping twice is harmless. */
  void stop() {
    timer.clear();
  }

  private void beat() {
    // First, so that it goes on whatever happens in this one.
    beatAfter(LONGEST);
    beat.run();
  }
}
