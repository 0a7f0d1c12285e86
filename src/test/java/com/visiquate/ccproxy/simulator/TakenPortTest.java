package com.visiquate.ccproxy.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.simulator.model.Profile;
import io.vertx.core.Vertx;
import java.net.BindException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A second one cannot listen where the first one does, and says so. */
@Timeout(60)
final class TakenPortTest {
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void end() throws Exception {
    vertx.close().await(20, TimeUnit.SECONDS);
  }

  @Test
  void isToldAgainAndAgain() throws Exception {
    Simulator first = Simulator.start(vertx, Profile.instant()).await(20, TimeUnit.SECONDS);
    for (int i = 0; i < 5; i++) {
      assertThat(
              Simulator.start(vertx, Profile.instant().withPort(first.port()))
                  .map(none -> "listens")
                  .otherwise(cause -> cause.getClass().getSimpleName())
                  .await(20, TimeUnit.SECONDS))
          .isEqualTo(BindException.class.getSimpleName());
    }
  }
}
