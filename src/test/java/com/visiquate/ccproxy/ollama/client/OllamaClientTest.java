package com.visiquate.ccproxy.ollama.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.vertx.junit5.VertxTestContext;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
final class OllamaClientTest {
  private static final URI NOBODY = URI.create("http://127.0.0.1:1");
  private static final Duration LIMIT = Duration.ofSeconds(2);

  @Test
  void failsOnceItIsClosedAndDoesNotThrow(Vertx vertx, VertxTestContext test) {
    OllamaClient client = OllamaClient.open(vertx, NOBODY, LIMIT);
    client
        .close()
        .onComplete(
            closed -> {
              Future<OllamaClient.Whole> late = client.fetch("/api/ps", Duration.ofSeconds(1));
              test.verify(() -> assertThat(late.failed()).isTrue());
              test.completeNow();
            });
  }
}
