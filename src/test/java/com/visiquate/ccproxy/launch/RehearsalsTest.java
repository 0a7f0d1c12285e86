package com.visiquate.ccproxy.launch;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.Gateway;
import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.config.Config;
import com.visiquate.ccproxy.config.Loaded.Valid;
import com.visiquate.ccproxy.config.Settings;
import com.visiquate.ccproxy.config.logs.Logs;
import com.visiquate.ccproxy.metrics.Meters;
import com.visiquate.ccproxy.simulator.Simulator;
import com.visiquate.ccproxy.simulator.model.Profile;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** The rehearsal beside a gateway that serves; see RehearsalTest for when it asks what. */
@Timeout(60)
@Isolated
final class RehearsalsTest {
  private final Vertx vertx = Vertx.vertx();
  private final List<Object> heard = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() throws Exception {
    done(vertx.close());
  }

  @Test
  void isUnseenByMetricsFactsAndBackends() throws Exception {
    Simulator ollama = done(Simulator.start(vertx, Profile.instant()));
    Settings settings = settings(ollama.port(), 50);
    Gateway gateway = done(Gateway.start(vertx, new Meters(), settings));
    Bus.of(vertx).listen(Address.METRICS_FACT, heard::add);

    int asked = done(Rehearsals.begin(vertx, settings, Gateway.starter()).over());

    assertThat(asked).isEqualTo(50);
    assertThat(heard).isEmpty();
    assertThat(metrics(gateway)).doesNotContain("ccproxy_requests_total{", "stand-in", "rehearsal");
    assertThat(ollama.seen().requests("/api/chat")).isZero();
    assertThat(ollama.seen().requests("/api/generate")).isZero();
    assertThat(ollama.seen().requests("/api/embed")).isZero();
  }

  @Test
  void leavesNoThreadBehind() throws Exception {
    done(Rehearsals.begin(vertx, settings(9, 5), Gateway.starter()).over());

    until(() -> threads().noneMatch(RehearsalsTest::rehearses));
  }

  @Test
  void isNotThereWhenItIsSwitchedOff() throws Exception {
    Rehearsals off = Rehearsals.begin(vertx, settings(9, 0), Gateway.starter());

    assertThat(off.over().isComplete()).isTrue();
    assertThat(done(off.over())).isZero();
  }

  @Test
  void nobodyWaitsForItInAnOldProcess() throws Exception {
    Rehearsals rehearsals = Rehearsals.begin(vertx, settings(9, 100_000), Gateway.starter());

    done(rehearsals.prelude());

    assertThat(rehearsals.over().isComplete()).isFalse();
    done(rehearsals.close());
  }

  @Test
  void nobodyWaitsForItWhenItIsSwitchedOffOrHasEnded() throws Exception {
    done(Rehearsals.begin(vertx, settings(9, 0), Gateway.starter()).prelude());
    Rehearsals ended = Rehearsals.begin(vertx, settings(9, 100_000), Gateway.starter());
    done(ended.close());

    done(ended.prelude());
  }

  @Test
  void listensOnlyWhenItMay() throws Exception {
    Promise<Void> may = Promise.promise();
    Future<Gateway> starting = Gateway.start(vertx, new Meters(), settings(9, 0), may.future());
    done(vertx.timer(20, TimeUnit.MILLISECONDS));
    assertThat(starting.isComplete()).isFalse();

    may.complete();

    assertThat(done(starting).port()).isPositive();
  }

  @Test
  void endsWithTheGatewayBeforeItHasBegun() throws Exception {
    Rehearsals rehearsals = Rehearsals.begin(vertx, settings(9, 100_000), Gateway.starter());

    done(rehearsals.close());

    assertThat(done(rehearsals.over())).isZero();
  }

  @Test
  void endsWithTheGatewayInTheMiddle() throws Exception {
    Rehearsals rehearsals = Rehearsals.begin(vertx, settings(9, 100_000), Gateway.starter());
    until(() -> threads().anyMatch(RehearsalsTest::rehearses));

    done(rehearsals.close());
    done(rehearsals.close());

    assertThat(rehearsals.over().isComplete()).isTrue();
  }

  /** For the thing itself: the test's own limit of time ends it. */
  private void until(BooleanSupplier holds) throws Exception {
    while (!holds.getAsBoolean()) {
      done(vertx.timer(1, TimeUnit.MILLISECONDS));
    }
  }

  private static Stream<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream();
  }

  private static boolean rehearses(Thread thread) {
    ThreadGroup group = thread.getThreadGroup();
    return group != null && group.getName().equals(Logs.UNHEARD);
  }

  private static Settings settings(int ollama, int rehearsal) {
    String text =
        """
        server: {port: 0, rehearsal: %d}
        backends: [{id: b, url: "http://127.0.0.1:%d"}]
        models: [{name: m, ollama: "qwen3:8b", context: 4096, backends: [b]}]
        """
            .formatted(rehearsal, ollama);
    return ((Valid) Config.parse("test", text, Map.of())).settings();
  }

  private static String metrics(Gateway gateway) throws IOException, InterruptedException {
    URI address = URI.create("http://127.0.0.1:%d/metrics".formatted(gateway.port()));
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()).body();
    }
  }

  private static <T> T done(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
