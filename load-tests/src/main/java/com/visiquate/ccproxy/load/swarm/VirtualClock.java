package com.visiquate.ccproxy.load.swarm;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Seconds of the swarm since it began: real time, so many times as fast. */
final class VirtualClock {
  private final double scale;
  private final long begunMicros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
  private final long begun = System.nanoTime();

  VirtualClock(double scale) {
    this.scale = scale;
  }

  double now() {
    return (System.nanoTime() - begun) / 1e9 * scale;
  }

  /** A time of another process on this machine. */
  double of(long microsSince1970) {
    return (microsSince1970 - begunMicros) / 1e6 * scale;
  }

  void sleepUntil(double seconds) throws InterruptedException {
    Thread.sleep(Duration.ofNanos((long) Math.max(0, (seconds - now()) / scale * 1e9)));
  }
}
