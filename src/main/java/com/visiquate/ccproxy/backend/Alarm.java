package com.visiquate.ccproxy.backend;

import io.vertx.core.Vertx;
import java.time.Duration;

/** One timer that can be set, set anew and cleared; clearing twice is harmless. */
final class Alarm {
  private static final long NONE = -1;
  private final Vertx vertx;
  private long timer = NONE;

  Alarm(Vertx vertx) {
    this.vertx = vertx;
  }

  void set(Duration after, Runnable what) {
    clear();
    timer = vertx.setTimer(Math.max(1, after.toMillis()), fired -> ring(what));
  }

  void clear() {
    if (timer != NONE) {
      vertx.cancelTimer(timer);
      timer = NONE;
    }
  }

  private void ring(Runnable what) {
    timer = NONE;
    what.run();
  }
}
