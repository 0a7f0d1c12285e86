package com.visiquate.ccproxy.nodes;

import java.util.concurrent.TimeUnit;

/** Asks again and again, until it is so. */
final class Waits {
  private static final long LONGEST_SECONDS = 90;

  private Waits() {}

  /** Something that may fail while nobody listens. */
  interface Condition {
    boolean holds() throws Exception;
  }

  static void until(String what, Condition condition) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
    Throwable last = null;
    while (System.nanoTime() < deadline) {
      try {
        if (condition.holds()) {
          return;
        }
      } catch (InterruptedException end) {
        throw end;
      } catch (Exception | AssertionError notYet) {
        last = notYet;
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    throw new AssertionError("it never was so: " + what, last);
  }

  static void millis(long number) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(number);
  }

  /** Until it is interrupted, at the longest. */
  static void calmly(long millis) {
    try {
      millis(millis);
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  static void seconds(long number) throws InterruptedException {
    TimeUnit.SECONDS.sleep(number);
  }
}
