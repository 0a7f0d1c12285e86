package com.visiquate.ccproxy.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.simulator.engine.Seen;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Waiting for a simulator in tests, by asking it, not by the clock. */
public final class Running {
  private static final int MOST_QUESTIONS = 20_000;

  private Running() {}

  public static <T> T done(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  /** Sends a chat and does not wait for its answer. */
  static RawExchange inBackground(Simulator simulator, String body) throws IOException {
    return new RawExchange(simulator, RawExchange.post("/api/chat", body));
  }

  /** Each question is a round trip through the simulator's event loop. */
  static void await(Simulator simulator, Predicate<Seen> condition) throws IOException {
    for (int i = 0; i < MOST_QUESTIONS && !condition.test(simulator.seen()); i++) {
      try (RawExchange ask = new RawExchange(simulator, RawExchange.get("/__seen"))) {
        ask.all();
      }
    }
    assertThat(simulator.seen()).matches(condition);
  }
}
