package com.visiquate.ccproxy.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.LoggedBugs;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/** The edge of what nobody has sent. */
@Isolated
@Timeout(20)
@ExtendWith(VertxExtension.class)
final class WakeTimerTest {
  @Test
  void ringsAgainAfterABug(Vertx vertx) throws Exception {
    Promise<Integer> rang = Promise.promise();
    AtomicInteger rings = new AtomicInteger();
    WakeTimer timer = new WakeTimer(vertx, InstantSource.system());
    try (LoggedBugs bugs = new LoggedBugs()) {
      vertx.runOnContext(
          here ->
              timer.set(
                  timer.now(),
                  () -> {
                    if (rings.incrementAndGet() == 1) {
                      throw new IllegalStateException("a bug");
                    }
                    rang.complete(rings.get());
                  }));

      assertThat(rang.future().await(20, TimeUnit.SECONDS)).isEqualTo(2);
      assertThat(bugs.lines()).hasSize(1);
    }
  }
}
