package com.visiquate.ccproxy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.config.ConfigFile;
import com.visiquate.ccproxy.config.ConfigListener;
import com.visiquate.ccproxy.config.Problem;
import com.visiquate.ccproxy.config.Settings;
import com.visiquate.ccproxy.config.watch.ConfigWatch;
import com.visiquate.ccproxy.simulator.speech.Gate;
import com.visiquate.ccproxy.simulator.speech.Script;
import com.visiquate.ccproxy.simulator.speech.Script.Step;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configuration changes under running streams. */
@Tag("endtoend")
final class ReloadTest {
  @TempDir Path folder;
  private final Gate gate = new Gate();
  private final Stack stack =
      Stack.start(Recipe.of(2, Recipe.instant()).with("routing: {strategy: round-robin}"))
          .answer("hold", Script.of(new Step.Text("a"), new Step.Hold(gate), new Step.Text("b")))
          .answer("next", Script.text("n"));
  private Future<Void> reloaded = Future.succeededFuture();
  private ConfigWatch watch;

  @BeforeEach
  void watch() throws IOException {
    Files.writeString(file(), stack.yaml());
    ConfigFile file = new ConfigFile(file(), Map.of());
    Settings running = Recipe.settings(stack.yaml());
    watch = Waits.done(ConfigWatch.start(stack.vertx(), file, running, listener()));
  }

  @AfterEach
  void close() {
    Waits.done(watch.close());
    stack.close();
  }

  @Test
  void teachesANewAlias() throws IOException {
    String asked = Chat.whole("next").replace("\"m\"", "\"coding\"");
    assertThat(stack.ask(asked).status()).isEqualTo(404);
    write(stack.yaml() + "aliases: {coding: m}\n");
    assertThat(stack.ask(asked).status()).isEqualTo(200);
    assertThat(stack.read("/v1/models/coding").status()).isEqualTo(200);
    stack.untilMetric("ccproxy_configuration_reads_total{accepted=\"true\"} 1.0");
  }

  @Test
  void letsARemovedBackendFinishItsStream() throws IOException {
    try (Holding one = hold();
        Holding two = hold();
        RawClient waiting = stack.asking(Chat.streamed("next"))) {
      stack.untilMetric("ccproxy_queue_waiting{class=\"normal\",model=\"m\"} 1.0");
      write(withoutTheFirst(stack.yaml()));
      gate.open();

      one.assertEndsWell();
      two.assertEndsWell();
      RawClient.Reply late = waiting.reply();
      assertThat(Chat.timeless(late.body())).isEqualTo(Chat.stream(late, "n"));
      assertThat(late.header("x-ccproxy-backend")).isEqualTo("b1");
    }
    assertThat(stack.ollama(0).seen().requests("/api/chat")).isEqualTo(1);
    assertThat(stack.silentWaits()).isZero();
  }

  @Test
  void takesABackendBack() throws IOException {
    write(withoutTheFirst(stack.yaml()));
    write(stack.yaml());
    stack.untilUp(0);
    for (int i = 0; i < 4; i++) {
      assertThat(stack.ask(Chat.whole("next")).status()).isEqualTo(200);
    }
    assertThat(stack.ollama(0).seen().requests("/api/chat")).isEqualTo(2);
  }

  @Test
  void movesABackendToAnotherAddress() throws IOException {
    String alone = stack.yaml().replaceAll(" +- \\{id: b1.*\n", "").replace("[b0, b1]", "[b0]");
    String two = alone.replace("slots: 1", "slots: 2");
    write(two);
    try (Holding old = hold()) {
      String here = Integer.toString(stack.ollama(0).port());
      String there = Integer.toString(stack.ollama(1).port());
      write(two.replace(here, there));
      assertThat(stack.ask(Chat.whole("next")).status()).isEqualTo(200);
      gate.open();
      old.assertEndsWell();
    }
    assertThat(stack.ollama(0).seen().requests("/api/chat")).isEqualTo(1);
    assertThat(stack.ollama(1).seen().requests("/api/chat")).isEqualTo(1);
  }

  @Test
  void refusesABrokenFileAndKeepsTheOldOne() throws IOException {
    write(stack.yaml().replace("slots: 1", "slots: 0"));
    assertThat(stack.ask(Chat.whole("next")).status()).isEqualTo(200);
    write("{");
    assertThat(stack.ask(Chat.whole("next")).status()).isEqualTo(200);
    stack.untilMetric("ccproxy_configuration_reads_total{accepted=\"false\"} 2.0");
    write(stack.yaml() + "aliases: {coding: m}\n");
    stack.untilMetric("ccproxy_configuration_reads_total{accepted=\"true\"} 1.0");
  }

  @Test
  void endsTheWaitForAModelThatIsRemoved() throws IOException {
    String more = "models:\n  - {name: x, ollama: m, context: 4096, backends: [b0]}\n";
    write(stack.yaml().replace("models:\n", more));
    try (Holding one = hold();
        Holding two = hold();
        RawClient waiting = stack.asking(Chat.whole("next").replace("\"m\"", "\"x\""))) {
      stack.untilMetric("ccproxy_queue_waiting{class=\"normal\",model=\"x\"} 1.0");
      write(stack.yaml());
      RawClient.Reply refused = waiting.reply();
      assertThat(refused.status()).isEqualTo(404);
      assertThat(refused.body()).contains("removed from the configuration");
      gate.open();
      one.assertEndsWell();
      two.assertEndsWell();
    }
  }

  /** A stream that has its slot, and keeps it until the gate opens. */
  private record Holding(RawClient client, RawClient.Reply head) implements AutoCloseable {
    void assertEndsWell() throws IOException {
      assertThat(Chat.timeless(client.rest(head).body())).isEqualTo(Chat.stream(head, "a", "b"));
    }

    @Override
    public void close() throws IOException {
      client.close();
    }
  }

  private Holding hold() throws IOException {
    RawClient client = stack.asking(Chat.streamed("hold"));
    return new Holding(client, client.head());
  }

  private static String withoutTheFirst(String yaml) {
    return yaml.replaceAll(" +- \\{id: b0.*\n", "").replace("[b0, b1]", "[b1]");
  }

  private Path file() {
    return folder.resolve("ccproxy.yaml");
  }

  /**
   * Writes the file, and waits until what it says holds: routing hears of plans and requests in
   * their order, so it has heard of the plan when it has refused a later request.
   */
  private void write(String yaml) throws IOException {
    Files.writeString(file(), yaml);
    Waits.done(watch.check());
    Waits.done(reloaded);
    assertThat(stack.ask(Chat.whole("x").replace("\"m\"", "\"nobody\"")).status()).isEqualTo(404);
  }

  private ConfigListener listener() {
    return new ConfigListener() {
      @Override
      public void changed(Settings settings) {
        reloaded = stack.gateway().reload(settings.plan());
      }

      @Override
      public void refused(List<Problem> problems) {
        stack.gateway().refusedConfiguration();
      }
    };
  }
}
