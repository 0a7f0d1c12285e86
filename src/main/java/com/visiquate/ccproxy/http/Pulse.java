package com.visiquate.ccproxy.http;

import io.vertx.core.Vertx;

/** One timer for all exchanges of an ingress; it beats only while there are any. */
final class Pulse {
  private static final long GAP_MS = 25;
  private static final long NONE = -1;
  private final Vertx vertx;
  private long timer = NONE;

  Pulse(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Harmless when it beats already. */
  void start(Runnable beat) {
    if (timer == NONE) {
      timer = vertx.setPeriodic(GAP_MS, id -> beat.run());
    }
  }

  void stop() {
    if (timer != NONE) {
      vertx.cancelTimer(timer);
      timer = NONE;
    }
  }
}
