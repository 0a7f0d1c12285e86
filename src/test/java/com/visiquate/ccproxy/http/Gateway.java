package com.visiquate.ccproxy.http;

import com.visiquate.ccproxy.config.ServerSettings;
import com.visiquate.ccproxy.fleet.CachePolicy;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** One ingress on a free port, with faked neighbours and a clock that the test moves. */
public final class Gateway {
  static final int BODY_LIMIT = 64 * 1024;
  public final ManualClock clock = new ManualClock();
  final Vertx vertx = Vertx.vertx();
  public final FakeStages stages = new FakeStages(vertx);
  final String deployment;
  private final HttpVerticle ingress;

  public Gateway() throws Exception {
    ServerSettings settings =
        new ServerSettings(
            "127.0.0.1",
            0,
            BODY_LIMIT,
            4 * 1024,
            Duration.ofSeconds(75),
            Duration.ofSeconds(30),
            1);
    Instant startedAt = clock.instant().minusSeconds(60);
    ingress =
        new HttpVerticle(
            new HttpVerticle.Setup(
                0, settings, Plans.plan(), CachePolicy.OFF, true, clock, startedAt));
    deployment = done(vertx.deployVerticle(ingress));
  }

  public RawClient client() throws IOException {
    return new RawClient(ingress.port());
  }

  /** Lets the ingress sweep its connections once more. */
  public void settle() throws Exception {
    done(vertx.timer(50, TimeUnit.MILLISECONDS));
  }

  static <T> T done(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  public void close() throws Exception {
    done(vertx.close());
  }
}
