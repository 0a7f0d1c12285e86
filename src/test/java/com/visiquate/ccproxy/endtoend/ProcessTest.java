package com.visiquate.ccproxy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.simulator.Simulator;
import com.visiquate.ccproxy.simulator.speech.Gate;
import com.visiquate.ccproxy.simulator.speech.Script;
import com.visiquate.ccproxy.simulator.speech.Script.Step;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line, the files and the signals of a process of its own. */
@Tag("endtoend")
final class ProcessTest {
  private static final int TERMINATED = 143;
  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    Waits.done(vertx.close());
  }

  @Test
  void endsItsStreamsAtSigterm() throws Exception {
    Recipe recipe = Recipe.of(1, Recipe.instant()).server("drain: 200ms");
    Simulator ollama = Waits.done(Simulator.start(vertx, recipe.profiles().getFirst()));
    ollama.script(ask -> Optional.of(Script.of(new Step.Text("a"), new Step.Hold(new Gate()))));
    String yaml = recipe.yaml(List.of(ollama.port()));
    try (Child child = new Child("--config", write(yaml).toString());
        RawClient running = new RawClient(child.port());
        RawClient scraper = new RawClient(running.port())) {
      RawClient.Reply head = running.post(Chat.PATH, Chat.streamed("x")).head();
      String first = running.text();

      write(yaml.replace("slots: 1", "slots: none"));
      String refused = "ccproxy_configuration_reads_total{accepted=\"false\"} 1.0";
      Waits.until(vertx, () -> metrics(scraper).contains(refused));
      child.terminate();

      assertThat(Chat.timeless(first + running.rest(head).body()))
          .isEqualTo(Chat.begun(head, List.of("a")) + Chat.shuttingDown());
      assertThat(child.exitCode()).isEqualTo(TERMINATED);
    }
  }

  @Test
  void showsADemo() throws Exception {
    try (Child child = new Child("--demo", "--port", "0")) {
      try (RawClient client = new RawClient(child.port())) {
        assertThat(client.request("GET", "/v1/models").reply().body()).contains("\"coding\"");
        String embed = "{\"model\":\"text-embedding-3-small\",\"input\":\"hello\"}";
        assertThat(client.post("/v1/embeddings", embed).reply().body()).contains("\"embedding\":[");
        String complete = "{\"model\":\"coding\",\"prompt\":\"Once\",\"max_tokens\":1}";
        assertThat(client.post("/v1/completions", complete).reply().body())
            .contains("\"finish_reason\":\"length\"");
      }
      child.terminate();
      assertThat(child.exitCode()).isEqualTo(TERMINATED);
    }
  }

  @Test
  void rehearsesWithoutAWord() throws Exception {
    Recipe recipe = Recipe.of(1, Recipe.instant()).server("rehearsal: 60");
    Simulator ollama = Waits.done(Simulator.start(vertx, recipe.profiles().getFirst()));
    Path log = folder.resolve("ccproxy.log");
    String logging = "logging: {file: \"%s\", level: DEBUG}\n".formatted(log);
    Path file = write(recipe.yaml(List.of(ollama.port())) + logging);
    try (Child child = new Child("--config", file.toString());
        RawClient scraper = new RawClient(child.port())) {
      String over = "DEBUG Rehearsals - rehearsed requests=\"60\"";
      Waits.until(vertx, () -> read(log).contains(over));

      String metrics = metrics(scraper);
      child.terminate();
      assertThat(child.exitCode()).isEqualTo(TERMINATED);
      assertThat(metrics).doesNotContain("ccproxy_requests_total{", "stand-in", "rehearsal");
      assertThat(read(log) + child.printed()).doesNotContain("stand-in", "access - ", "WARN");
      assertThat(ollama.seen().requests("/api/chat")).isZero();
    }
  }

  @Test
  void tellsEveryProblemOfAFile() throws Exception {
    String yaml = Recipe.of(1, Recipe.instant()).with("quue: {}").yaml(List.of(1));
    Path file = write(yaml.replace("slots: 1", "slots: 0"));
    try (Child child = new Child("--config", file.toString(), "--check")) {
      assertThat(child.exitCode()).isEqualTo(1);
      assertThat(child.printed())
          .contains("backends[0].slots: 0 (expected: a whole number >= 1)")
          .contains("quue")
          .contains("queue");
    }
  }

  private Path write(String yaml) throws IOException {
    return Files.writeString(folder.resolve("ccproxy.yaml"), yaml);
  }

  private static String read(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException broken) {
      throw new AssertionError(broken);
    }
  }

  private static String metrics(RawClient scraper) {
    try {
      return scraper.request("GET", "/metrics").reply().body();
    } catch (IOException broken) {
      throw new AssertionError(broken);
    }
  }
}
