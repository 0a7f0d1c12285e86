package com.visiquate.ccproxy.metrics;

import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.concurrent.TimeUnit;

/** Measures how late timers run on the event loop that it lives on. */
final class LoopProbe extends VerticleBase {
  private static final long GAP_MS = 250;
  private final Timer delay;
  private long expected;

  LoopProbe(Timer delay) {
    this.delay = delay;
  }

  @Override
  public Future<?> start() {
    next();
    return Future.succeededFuture();
  }

  /** One timer after the other: a periodic one would make up for its lateness. */
  private void next() {
    expected = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GAP_MS);
    vertx.setTimer(
        GAP_MS,
        fired -> {
          delay.record(Math.max(0, System.nanoTime() - expected), TimeUnit.NANOSECONDS);
          next();
        });
  }
}
