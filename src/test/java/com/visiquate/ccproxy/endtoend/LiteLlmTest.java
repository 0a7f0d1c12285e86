package com.visiquate.ccproxy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.Gateway;
import com.visiquate.ccproxy.config.ConfigFile;
import com.visiquate.ccproxy.config.Loaded.Valid;
import com.visiquate.ccproxy.config.ServerSettings;
import com.visiquate.ccproxy.config.Settings;
import com.visiquate.ccproxy.config.watch.ConfigWatch;
import com.visiquate.ccproxy.metrics.Meters;
import com.visiquate.ccproxy.simulator.Simulator;
import com.visiquate.ccproxy.simulator.model.Capability;
import com.visiquate.ccproxy.simulator.model.Profile;
import com.visiquate.ccproxy.simulator.model.SimulatedModel;
import com.visiquate.ccproxy.simulator.speech.Script;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The deployed file of LiteLLM as it is, in front of an Ollama on another port. */
@Tag("endtoend")
final class LiteLlmTest {
  private static final Path DEPLOYED = Path.of("src/test/resources/litellm/deployed.yaml");
  @TempDir Path folder;
  private final Vertx vertx = Gateway.vertx(new Meters(), ServerSettings.DEFAULT);
  private Gateway gateway;
  private Settings settings;
  private ConfigFile file;
  private Simulator ollama;

  @BeforeEach
  void start() throws IOException {
    Profile profile =
        Profile.instant().withModels(SimulatedModel.plain("llama2", Capability.COMPLETION));
    ollama = Waits.done(Simulator.start(vertx, profile));
    ollama.script(ask -> Optional.of(Script.text("hello")));
    Map<String, String> environment =
        Map.of(
            "CCPROXY_SERVER_PORT",
            "0",
            "CCPROXY_BACKENDS_0_URL",
            "http://127.0.0.1:" + ollama.port());
    Path copy = Files.copy(DEPLOYED, folder.resolve("config.yaml"));
    file = new ConfigFile(copy, environment);
    settings = ((Valid) file.read()).settings();
    gateway = Waits.done(Gateway.start(vertx, new Meters(), settings));
    Waits.until(vertx, () -> health().status() == 200);
  }

  @AfterEach
  void close() {
    Waits.done(vertx.close());
  }

  @ParameterizedTest
  @ValueSource(strings = {"claude-3-5-sonnet", "gpt-4", "ollama/llama2"})
  void answersByEachOfItsNames(String name) throws IOException {
    RawClient.Reply whole = ask(Chat.PATH, Chat.whole("x").replace("\"m\"", quoted(name)));
    assertThat(whole.status()).isEqualTo(200);
    assertThat(whole.body()).contains("\"content\":\"hello\"", "\"model\":" + quoted(name));

    RawClient.Reply stream = ask(Chat.PATH, Chat.streamed("x").replace("\"m\"", quoted(name)));
    assertThat(stream.properlyEnded()).isTrue();
    assertThat(stream.body()).contains("hello").endsWith("data: [DONE]\n\n");

    String message =
        "{\"model\":%s,\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";
    assertThat(ask("/v1/messages", message.formatted(quoted(name))).body())
        .contains("\"text\":\"hello\"");
    assertThat(ollama.seen().last().stream().filter(seen -> seen.path().equals("/api/chat")))
        .hasSize(3)
        .allSatisfy(seen -> assertThat(seen.body()).contains("\"model\":\"llama2\""));
  }

  @Test
  void listsItsNames() throws IOException {
    assertThat(read("/v1/models").body())
        .contains("\"claude-3-5-sonnet\"", "\"gpt-4\"", "\"ollama/llama2\"")
        .doesNotContain("\"id\":\"llama2\"");
  }

  @Test
  void takesAChangeOverWhileItRuns() throws IOException {
    ConfigWatch watch = Waits.done(ConfigWatch.start(vertx, file, settings, next -> reload(next)));
    String entry = "model_list:\n  - {model_name: new, litellm_params: {model: ollama/llama2}}\n";
    String asked = Chat.whole("x").replace("\"m\"", "\"new\"");
    assertThat(ask(Chat.PATH, asked).status()).isEqualTo(404);

    String text = Files.readString(DEPLOYED);
    Files.writeString(file.path(), text.replace("model_list:\n", "model_list: 5\n"));
    Waits.done(watch.check());
    assertThat(ask(Chat.PATH, Chat.whole("x").replace("\"m\"", "\"gpt-4\"")).status())
        .isEqualTo(200);

    Files.writeString(file.path(), text.replace("model_list:\n", entry));
    Waits.done(watch.check());
    Waits.until(vertx, () -> status(asked) == 200);
    Waits.done(watch.close());
  }

  private Future<Void> reload(Settings next) {
    return gateway.reload(next.plan());
  }

  private int status(String body) {
    try {
      return ask(Chat.PATH, body).status();
    } catch (IOException broken) {
      throw new AssertionError(broken);
    }
  }

  private RawClient.Reply health() {
    try {
      return read("/health");
    } catch (IOException broken) {
      throw new AssertionError(broken);
    }
  }

  private RawClient.Reply ask(String path, String body) throws IOException {
    try (RawClient client = new RawClient(gateway.port()).post(path, body)) {
      return client.reply();
    }
  }

  private RawClient.Reply read(String path) throws IOException {
    try (RawClient client = new RawClient(gateway.port()).request("GET", path)) {
      return client.reply();
    }
  }

  private static String quoted(String name) {
    return '"' + name + '"';
  }
}
