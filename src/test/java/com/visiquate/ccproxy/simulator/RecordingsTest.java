package com.visiquate.ccproxy.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.visiquate.ccproxy.simulator.fault.Fault;
import com.visiquate.ccproxy.simulator.model.Profile;
import com.visiquate.ccproxy.simulator.speech.Script;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every recorded exchange with real Ollamas, 0.24 and 0.33, replayed against the simulator. */
final class RecordingsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path ROOT = Path.of("src/test/resources");
  private static final String OLDER = "recordings/";
  private static final String NEWER = "recordings-newer/";

  /** Texts that the real one made up, or that depend on what was done before. */
  private static final Set<String> FREE =
      Set.of(
          "chat/format-json",
          "chat/logprobs",
          "context/shift-false-window-full",
          "info/tags",
          "info/ps",
          "native/format-schema");

  /** How long a prompt is depends on its template, which is not here. */
  private static final Pattern PROMPT_TOKENS = Pattern.compile("(request \\(|tokens\\\\\":)\\d+");

  /** Connections that must not be collected, and so closed, before the end. */
  private static final List<RawExchange> OPEN = new ArrayList<>();

  private static Vertx vertx;

  @BeforeAll
  static void open() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void close() throws IOException {
    for (RawExchange exchange : OPEN) {
      exchange.close();
    }
    vertx.close();
  }

  static Stream<String> recordings() throws IOException {
    return Stream.concat(recordings(OLDER, 90), recordings(NEWER, 150));
  }

  private static Stream<String> recordings(String line, int most) throws IOException {
    try (Stream<Path> all = Files.walk(ROOT.resolve(line))) {
      List<String> names =
          all.filter(file -> file.endsWith("response.http"))
              .map(file -> ROOT.relativize(file.getParent()).toString().replace('\\', '/'))
              .sorted()
              .toList();
      assertThat(names).hasSizeGreaterThan(most);
      return names.stream();
    }
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void answersAsTheRealOneDid(String recording) throws Exception {
    Path folder = ROOT.resolve(recording);
    String name = recording.substring(recording.indexOf('/') + 1);
    Recording real = Recording.parse(Recording.bytes(folder, "response.http"));
    Recording simulated = Recording.parse(replay(recording, name));
    assertThat(simulated.status()).isEqualTo(real.status());
    assertThat(simulated.contentType()).isEqualTo(real.contentType());
    // The framing of show depends on the length of its template and tensors, which are not here.
    if (!isShow(name)) {
      assertThat(simulated.framing()).isEqualTo(real.framing());
    }
    assertThat(shapes(name, simulated)).isEqualTo(shapes(name, real));
  }

  private static boolean isShow(String name) {
    return name.endsWith("/show");
  }

  private static byte[] replay(String recording, String name) throws Exception {
    boolean newer = recording.startsWith(NEWER);
    byte[] request = Recording.bytes(ROOT.resolve(recording), "request.http");
    Profile made = newer ? Recorder.newerProfile() : Recorder.profile();
    Simulator simulator =
        Simulator.start(vertx, profile(name, made))
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
    try {
      prepare(ROOT.resolve(recording), name, simulator);
      try (RawExchange exchange = new RawExchange(simulator, request)) {
        return exchange.bytes();
      }
    } finally {
      simulator.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
  }

  private static Profile profile(String name, Profile made) {
    return switch (name) {
      case "embed/truncate-false-too-long" -> made.withContextLength(512);
      case "embed/model-too-long", "embed/model-truncated" -> made.withContextLength(2048);
      case "busy/load-queue-3" -> made.scaled(0.001).withMaxQueue(0);
      default -> made;
    };
  }

  private static void prepare(Path folder, String name, Simulator simulator) throws IOException {
    simulator.script(Recorder::script);
    int lines = 0;
    if (name.startsWith("faults/")) {
      lines =
          Files.readString(folder.resolve("response.http")).split("\"done\":false", -1).length - 1;
    }
    switch (name) {
      case "info/ps" -> {
        load(simulator, "{\"model\":\"loop\",\"messages\":[]}");
        load(simulator, "{\"model\":\"think\",\"messages\":[]}");
      }
      case "busy/load-queue-3" -> {
        OPEN.add(Running.inBackground(simulator, "{\"model\":\"slow\",\"messages\":[]}"));
        OPEN.add(Running.inBackground(simulator, "{\"model\":\"text\",\"messages\":[]}"));
        Running.await(simulator, seen -> seen.runningNow() == 2);
      }
      case "faults/runner-killed-in-prefill" ->
          simulator.script(Script.of(new Script.Step.Fail(died(folder))));
      case "faults/runner-killed-mid-stream", "faults/runner-killed-whole" ->
          simulator.inject(Fault.ErrorLine.runnerKilled(lines));
      case "faults/server-killed-mid-stream" -> simulator.inject(new Fault.Truncated(lines));
      default -> {}
    }
  }

  private static String died(Path folder) {
    return folder.startsWith(ROOT.resolve(NEWER)) ? Script.RUNNER_GONE : Script.RUNNER_STOPPED;
  }

  private static void load(Simulator simulator, String body) throws IOException {
    try (RawExchange load = new RawExchange(simulator, RawExchange.post("/api/chat", body))) {
      assertThat(load.all()).contains("200 OK");
    }
  }

  /** What must agree: for errors everything, for answers keys in order, types and fixed values. */
  private static List<String> shapes(String name, Recording recording) throws IOException {
    List<String> shapes = new ArrayList<>();
    for (String chunk : recording.chunks()) {
      if (isShow(name) && !chunk.isEmpty()) {
        List<String> keys = new ArrayList<>();
        JSON.readTree(chunk).fieldNames().forEachRemaining(keys::add);
        shapes.addAll(keys);
      } else if (!chunk.startsWith("{") || chunk.startsWith("{\"error\"")) {
        shapes.add(PROMPT_TOKENS.matcher(chunk).replaceAll("$1n"));
      } else {
        shapes.add(shape(JSON.readTree(chunk), "", name) + (chunk.endsWith("\n") ? "\n" : ""));
      }
    }
    shapes.removeIf(shape -> isShow(name) && shape.isEmpty());
    return shapes;
  }

  private static String shape(JsonNode node, String key, String name) {
    if (node.isObject()) {
      return node.properties().stream()
          .map(entry -> member(entry, name))
          .collect(Collectors.joining(",", "{", "}"));
    }
    if (node.isArray()) {
      return node.isEmpty() ? "[]" : "[" + shape(node.get(0), key, name) + "…]";
    }
    boolean said =
        Set.of("content", "thinking", "response", "role", "model", "done_reason").contains(key);
    boolean whole = name.startsWith("embed/model") || name.equals("context/one-message-too-long");
    boolean counted = key.equals("eval_count") || (whole && key.equals("prompt_eval_count"));
    boolean fixed = (said || counted || node.isBoolean()) && !FREE.contains(name);
    return fixed ? node.toString() : node.getNodeType().toString();
  }

  private static String member(Map.Entry<String, JsonNode> entry, String name) {
    return entry.getKey() + ":" + shape(entry.getValue(), entry.getKey(), name);
  }
}
