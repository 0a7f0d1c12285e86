package com.visiquate.ccproxy.bus;

import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * One timer that can be set, set anew and cleared; clearing twice is harmless. Setting it later
 * costs nothing: it is set anew with each token of an answer.
 */
public final class RearmableTimer {
  private static final long NONE = -1;
  private final Vertx vertx;
  private long timer = NONE;
  private long rings;
  private long due;
  private Runnable what = () -> {};

  public RearmableTimer(Vertx vertx) {
    this.vertx = vertx;
  }

  public void set(Duration after, Runnable action) {
    what = action;
    due = System.nanoTime() + after.toNanos();
    if (!isSet() || rings - due > 0) {
      clear();
      arm(after.toNanos());
    }
  }

  /** Clears it, but its timer stays for whoever sets it next; until then it rings in vain. */
  public void rest() {
    what = () -> {};
    due = System.nanoTime();
  }

  public boolean isSet() {
    return timer != NONE;
  }

  public void clear() {
    if (isSet()) {
      vertx.cancelTimer(timer);
      timer = NONE;
    }
  }

  private void arm(long nanos) {
    // Rounded up, so that it does not ring just before its time and has to be armed again.
    long millis = Math.max(1, Math.ceilDiv(nanos, 1_000_000L));
    rings = System.nanoTime() + nanos;
    timer = vertx.setTimer(millis, fired -> ring());
  }

  private void ring() {
    timer = NONE;
    long left = due - System.nanoTime();
    if (left > 0) {
      arm(left);
    } else {
      what.run();
    }
  }
}
