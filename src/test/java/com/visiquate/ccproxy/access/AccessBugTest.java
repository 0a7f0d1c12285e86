package com.visiquate.ccproxy.access;

import static com.visiquate.ccproxy.routing.Fixture.START;
import static com.visiquate.ccproxy.routing.Fixture.bounds;
import static com.visiquate.ccproxy.routing.Fixture.equalBackends;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.LoggedBugs;
import com.visiquate.ccproxy.bus.AccessMessage.Enter;
import com.visiquate.ccproxy.bus.AccessMessage.Entered;
import com.visiquate.ccproxy.bus.AccessMessage.Entry;
import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.fleet.ExchangeId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class AccessBugTest {
  private final AtomicBoolean broken = new AtomicBoolean();
  private final Vertx vertx = Vertx.vertx();
  private final Bus bus = Bus.of(vertx);

  @Test
  void failsTheAskAtOnceAndGoesOn() throws Exception {
    try (LoggedBugs bugs = new LoggedBugs()) {
      done(vertx.deployVerticle(new AccessVerticle(equalBackends(1, 1, bounds(9)), this::now)));
      broken.set(true);
      assertThat(done(enter("bad").map(entry -> false).otherwise(cause -> !Bus.isLate(cause))))
          .isTrue();
      assertThat(done(enter("good"))).isEqualTo(new Entered());
      assertThat(bugs.lines()).containsExactly("exchange=bad record=Enter");
    } finally {
      done(vertx.close());
    }
  }

  private Future<Entry> enter(String exchange) {
    Enter enter = new Enter(new ExchangeId(exchange), "key");
    return bus.ask(Address.ACCESS_ENTER, enter, Duration.ofHours(1));
  }

  private Instant now() {
    if (broken.getAndSet(false)) {
      throw new IllegalStateException("a bug");
    }
    return START;
  }

  private static <T> T done(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
