package com.visiquate.ccproxy.load;

import java.nio.channels.Selector;
import java.util.concurrent.locks.LockSupport;

/**
 * Wakes a selector at a given nanosecond, since a selector's own timeout is good to a millisecond
 * only.
 */
final class Metronome implements AutoCloseable {
  private static final long NEVER = Long.MAX_VALUE;

  private final Selector selector;
  private final Thread thread = new Thread(this::beat, "metronome");
  private volatile long due = NEVER;
  private volatile boolean open = true;

  Metronome(Selector selector) {
    this.selector = selector;
    thread.setDaemon(true);
    thread.start();
  }

  void wakeAt(long nanos) {
    if (nanos != due) {
      due = nanos;
      LockSupport.unpark(thread);
    }
  }

  private void beat() {
    while (open) {
      long next = due;
      long wait = next == NEVER ? NEVER : next - System.nanoTime();
      if (wait > 0) {
        LockSupport.parkNanos(wait);
      } else {
        due = NEVER;
        selector.wakeup();
      }
    }
  }

  @Override
  public void close() {
    open = false;
    LockSupport.unpark(thread);
  }
}
