package com.visiquate.ccproxy.endtoend;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** How a test thread waits for event loops: for the thing itself, never for a time. */
final class Waits {
  static final long SECONDS = 30;

  private Waits() {}

  static <T> T done(java.util.concurrent.Future<T> future) {
    try {
      return future.get(SECONDS, TimeUnit.SECONDS);
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
  }

  static <T> T done(Future<T> future) {
    return done(future.toCompletionStage().toCompletableFuture());
  }

  /** The next that holds; those before it are dropped. */
  static <T> T next(BlockingQueue<T> queue, Predicate<T> holds) {
    try {
      T next = queue.poll(SECONDS, TimeUnit.SECONDS);
      while (next != null && !holds.test(next)) {
        next = queue.poll(SECONDS, TimeUnit.SECONDS);
      }
      if (next == null) {
        throw new AssertionError("nothing came within %d s".formatted(SECONDS));
      }
      return next;
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  /** Asks again and again, a turn of an event loop between two questions. */
  static void until(Vertx vertx, BooleanSupplier holds) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("it does not hold after %d s".formatted(SECONDS));
      }
      done(vertx.timer(1, TimeUnit.MILLISECONDS));
    }
  }
}
