package com.visiquate.ccproxy.backend;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.backend.exchange.Limit;
import com.visiquate.ccproxy.bus.RearmableTimer;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several limits on one timer. */
final class WatchTest {
  private static final Duration SOON = Duration.ofMillis(5);
  private static final Duration LATER = Duration.ofMillis(20);
  private static final Duration NEVER = Duration.ofHours(1);

  private final Vertx vertx = Vertx.vertx();
  private final TimerPool alarms = new TimerPool(() -> new RearmableTimer(vertx));
  private final BlockingQueue<Limit> passed = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    Waits.done(vertx.close());
  }

  @Test
  void ringsForEachLimitInItsTime() {
    watching(
        watch -> {
          watch.set(Limit.TOTAL, LATER);
          watch.set(Limit.FIRST_TOKEN, SOON);
        });
    assertPassed(Limit.FIRST_TOKEN, Limit.TOTAL);
  }

  @Test
  void passesOverWhatWasClearedAndGoesOnForTheRest() {
    watching(
        watch -> {
          watch.set(Limit.FIRST_TOKEN, SOON);
          watch.set(Limit.TOTAL, LATER);
          watch.clear(Limit.FIRST_TOKEN);
        });
    assertPassed(Limit.TOTAL);
  }

  @Test
  void isNotLateForALimitSetAfterItsTimeWasForeseen() {
    watching(
        watch -> {
          watch.foresee(SOON);
          watch.set(Limit.TOTAL, NEVER);
          watch.set(Limit.BETWEEN_TOKENS, LATER);
        });
    assertPassed(Limit.BETWEEN_TOKENS);
  }

  @Test
  void isSilentAfterAllWasCleared() {
    watching(
        watch -> {
          watch.set(Limit.FIRST_TOKEN, SOON);
          watch.set(Limit.TOTAL, SOON);
          watch.clear();
          watch.clear();
          // Another run on the same event loop, whose limit passes after those would have.
          watch().set(Limit.BETWEEN_TOKENS, LATER);
        });
    assertPassed(Limit.BETWEEN_TOKENS);
  }

  @Test
  void leavesItsTimerToTheNextRun() {
    watching(
        watch -> {
          watch.set(Limit.TOTAL, SOON);
          watch.end();
          watch.end();
          Watch next = watch();
          next.set(Limit.BETWEEN_TOKENS, LATER);
          // It is over, and what is its timer no more must not hear of it.
          watch.set(Limit.FIRST_TOKEN, SOON);
          watch.foresee(SOON);
          watch.clear();
        });
    assertPassed(Limit.BETWEEN_TOKENS);
  }

  @Test
  void givesEachOfTwoRunsItsOwnTimer() {
    watching(
        watch -> {
          watch.end();
          watch().set(Limit.FIRST_TOKEN, SOON);
          watch().set(Limit.TOTAL, LATER);
        });
    assertPassed(Limit.FIRST_TOKEN, Limit.TOTAL);
  }

  private void watching(Consumer<Watch> steps) {
    vertx.runOnContext(now -> steps.accept(watch()));
  }

  private Watch watch() {
    return new Watch(alarms, System::nanoTime, passed::add);
  }

  private void assertPassed(Limit... limits) {
    for (Limit limit : limits) {
      assertThat(Waits.next(passed)).isEqualTo(limit);
    }
    assertThat(passed).isEmpty();
  }
}
