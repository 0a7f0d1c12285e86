package com.visiquate.ccproxy.launch;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.FakeSurroundings;
import com.visiquate.ccproxy.config.LogSettings;
import com.visiquate.ccproxy.config.logs.Logs;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated
final class ShutdownTest {
  private final FakeSurroundings surroundings = new FakeSurroundings(Path.of(""));
  private final List<String> ended = Collections.synchronizedList(new ArrayList<>());
  private @Nullable Running running;

  @BeforeEach
  void start() throws Exception {
    running =
        new Running(Vertx.vertx(), Logs.start(LogSettings.DEFAULT.at("ERROR")), Duration.ZERO);
    new Shutdown(running, surroundings).install();
  }

  @Test
  void endsEverythingInTheOppositeOrder() throws Exception {
    running().endsWith(() -> end("simulator"));
    running().endsWith(() -> end("gateway"));
    running().endsWith(() -> end("watch"));

    surroundings.signal(15);

    assertThat(surroundings.exitCode()).isEqualTo(143);
    assertThat(ended).containsExactly("watch", "gateway", "simulator");
  }

  @Test
  void goesOnWhenOneOfThemFails() throws Exception {
    running().endsWith(() -> end("first"));
    running().endsWith(() -> Future.failedFuture("broken"));

    surroundings.signal(2);

    assertThat(surroundings.exitCode()).isEqualTo(130);
    assertThat(ended).containsExactly("first");
  }

  @Test
  void endsAtOnceAtTheSecondSignal() throws Exception {
    CompletableFuture<@Nullable Void> draining = new CompletableFuture<>();
    Promise<Void> never = Promise.promise();
    running()
        .endsWith(
            () -> {
              draining.complete(null);
              return never.future();
            });

    surroundings.signal(15);
    draining.get(20, TimeUnit.SECONDS);
    surroundings.signal(15);

    assertThat(surroundings.halted.get(20, TimeUnit.SECONDS)).isEqualTo(143);
    assertThat(surroundings.exited).isNotDone();
    never.complete();
    assertThat(surroundings.exitCode()).isEqualTo(143);
  }

  @Test
  void doesNotEndTwice() throws Exception {
    running().endsWith(() -> end("gateway"));

    running().stop().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    running().stop().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);

    assertThat(ended).containsExactly("gateway");
  }

  private Running running() {
    return Objects.requireNonNull(running);
  }

  private Future<Void> end(String what) {
    ended.add(what);
    return Future.succeededFuture();
  }
}
