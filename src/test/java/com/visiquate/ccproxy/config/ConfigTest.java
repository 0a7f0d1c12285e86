package com.visiquate.ccproxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.config.Loaded.Invalid;
import com.visiquate.ccproxy.config.Loaded.Valid;
import com.visiquate.ccproxy.fleet.Alias;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendSpec;
import com.visiquate.ccproxy.fleet.GhostRule;
import com.visiquate.ccproxy.fleet.Limits;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.fleet.Priority;
import com.visiquate.ccproxy.fleet.PriorityRules;
import com.visiquate.ccproxy.fleet.QueueBounds;
import com.visiquate.ccproxy.fleet.RoutingPolicy;
import com.visiquate.ccproxy.fleet.Waiting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigTest {
  @TempDir Path folder;

  @Test
  void boundsEachClassOfTheQueueByItself() {
    Settings settings =
        Texts.valid(
            Texts.minimal()
                + "queue: {length: 9, wait: 2h, interactive: {wait: 20s}, background: {length:"
                + " 3}}\n");

    assertThat(settings.plan().queue())
        .isEqualTo(
            new QueueBounds(
                new QueueBounds.Bound(9, Duration.ofSeconds(20)),
                new QueueBounds.Bound(9, Duration.ofHours(2)),
                new QueueBounds.Bound(3, Duration.ofHours(2))));
  }

  @Test
  void readsTheSmallestUsefulFile() {
    Settings settings = Texts.valid(Texts.smallest());

    assertThat(settings.server()).isEqualTo(ServerSettings.DEFAULT);
    assertThat(settings.logging()).isEqualTo(LogSettings.DEFAULT);
    assertThat(settings.plan().routing()).isEqualTo(RoutingPolicy.DEFAULT);
    assertThat(settings.plan().queue()).isEqualTo(QueueBounds.DEFAULT);
    Limits usual = Limits.DEFAULT;
    assertThat(settings.plan().limits())
        .isEqualTo(
            new Limits(
                usual.connect(),
                usual.firstToken(),
                usual.betweenTokens(),
                Duration.ofSeconds(300)));
    assertThat(settings.plan().waiting()).isEqualTo(Waiting.DEFAULT);
    assertThat(settings.plan().priorities()).isEqualTo(PriorityRules.DEFAULT);
    assertThat(settings.plan().backends())
        .extracting(BackendSpec::id)
        .containsExactly(
            new BackendId("fast-1"), new BackendId("fast-2"), new BackendId("quality"));
  }

  @Test
  void readsEveryKeyOfABackend() {
    Settings settings =
        Texts.valid(
            """
            backends:
              - id: big
                url: http://studio:11434
                slots: 4
                weight: 2.5
                host: studio-2
                resident-models: 3
                ghosts: stops
            models: [{name: m, ollama: m, context: 4096, backends: [big]}]
            """);

    BackendSpec backend = settings.plan().backends().getFirst();
    assertThat(backend.url()).hasToString("http://studio:11434");
    assertThat(backend.slots()).isEqualTo(4);
    assertThat(backend.weight()).isEqualTo(2.5);
    assertThat(backend.host()).isEqualTo("studio-2");
    assertThat(backend.residentModels()).isEqualTo(3);
    assertThat(backend.ghosts()).isEqualTo(GhostRule.STOPS);
  }

  @Test
  void takesTheAddressForTheMachineAndAllLoopbackAddressesForOne() {
    Settings settings =
        Texts.valid(
            """
            backends:
              - {id: a, url: "http://127.0.0.1:1"}
              - {id: b, url: "http://localhost:2"}
              - {id: c, url: "http://[::1]:3"}
              - {id: d, url: "http://studio:4"}
            models: [{name: m, ollama: m, context: 4096, backends: [a]}]
            """);

    assertThat(settings.plan().backends())
        .extracting(BackendSpec::host)
        .containsExactly("localhost", "localhost", "localhost", "studio");
  }

  @Test
  void keepsTheTypesOfAModelsOptions() {
    Settings settings =
        Texts.valid(
            Texts.with(
                """
                models:
                  - name: m
                    ollama: m:7b
                    context: 4096
                    backends: [fast]
                    warm: true
                    keep-alive: 30m
                    options: {temperature: 0.2, top_k: 20, use_mmap: false, stop: [a, "1"], mode: x}
                """));

    ModelSpec model = settings.plan().catalogue().models().getFirst();
    assertThat(model.warm()).isTrue();
    assertThat(model.keepAlive()).isEqualTo("30m");
    assertThat(model.options())
        .isEqualTo(
            Map.of(
                "temperature",
                0.2,
                "top_k",
                20,
                "use_mmap",
                false,
                "stop",
                List.of("a", "1"),
                "mode",
                "x"));
  }

  @Test
  void keepsTheOrderOfAliasesAndTheirPriorities() {
    Settings settings =
        Texts.valid(
            Texts.minimal()
                + """
                aliases:
                  zebra: m
                  "claude-*": {model: m, priority: interactive}
                  alpha: {model: m}
                """);

    List<Alias> aliases = settings.plan().catalogue().aliases();
    assertThat(aliases).extracting(Alias::pattern).containsExactly("zebra", "claude-*", "alpha");
    assertThat(aliases.get(1).priority()).isEqualTo(Priority.INTERACTIVE);
    assertThat(aliases.get(2).priority()).isNull();
  }

  @Test
  void takesAKeyWithNothingAfterItForNotWritten() {
    Settings settings = Texts.valid(Texts.minimal() + "aliases:\nserver:\nlimits: {total: }\n");

    assertThat(settings.server()).isEqualTo(ServerSettings.DEFAULT);
    assertThat(settings.plan().limits()).isEqualTo(Limits.DEFAULT);
  }

  @Test
  void readsAnchorsAndReferences() {
    Settings settings =
        Texts.valid(
            """
            backends: [{id: a, url: "http://localhost:1"}]
            models:
              - {name: m, ollama: m, context: 4096, backends: &all [a]}
              - {name: n, ollama: n, context: 4096, backends: *all}
            """);

    assertThat(settings.plan().modelsOn(new BackendId("a"))).hasSize(2);
  }

  @Test
  void readsDurationsAndSizes() {
    Settings settings =
        Texts.valid(
            Texts.minimal()
                + """
                server: {body-limit: 1GiB, header-limit: 2048, drain: 1h, idle: 0}
                limits: {connect: 250ms, total: 5m}
                """);

    assertThat(settings.server().bodyLimit()).isEqualTo(1L << 30);
    assertThat(settings.server().headerLimit()).isEqualTo(2_048);
    assertThat(settings.server().drain()).isEqualTo(Duration.ofHours(1));
    assertThat(settings.server().idle()).isZero();
    assertThat(settings.plan().limits().connect()).isEqualTo(Duration.ofMillis(250));
    assertThat(settings.plan().limits().total()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void hasADemoThatNeedsNoFile() {
    assertThat(Config.demo(Map.of()))
        .isInstanceOfSatisfying(
            Valid.class,
            valid -> {
              assertThat(valid.warnings()).isEmpty();
              assertThat(valid.settings().plan().backends()).hasSize(3);
              assertThat(valid.settings().plan().catalogue().aliases()).hasSize(13);
            });
  }

  @Test
  void saysThatAFileIsMissing() {
    Path file = folder.resolve("none.yaml");

    assertThat(problems(file)).containsExactly(file + ": there is no such file");
  }

  @Test
  void saysThatAFileIsNotText() throws IOException {
    Path file = Files.write(folder.resolve("picture.yaml"), new byte[] {(byte) 0xC3, 0x28});

    assertThat(problems(file)).containsExactly(file + ": the file is not UTF-8 text");
  }

  @Test
  void namesTheFileAsItWasGiven() throws IOException {
    Path file = folder.resolve("ccproxy.yaml");
    Files.writeString(file, Texts.minimal() + "queue: {length: -1}\n", StandardCharsets.UTF_8);

    assertThat(problems(file))
        .containsExactly(file + ":3: queue.length: -1 (expected: a whole number >= 0)");
  }

  private static List<String> problems(Path file) {
    return Config.read(file, Map.of()) instanceof Invalid invalid
        ? invalid.problems().stream().map(Problem::toString).toList()
        : List.of();
  }
}
