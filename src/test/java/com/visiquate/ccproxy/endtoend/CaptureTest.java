package com.visiquate.ccproxy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.FakeSurroundings;
import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.launch.CommandLineLaunch;
import com.visiquate.ccproxy.simulator.fault.Fault;
import com.visiquate.ccproxy.simulator.speech.Script;
import com.visiquate.ccproxy.simulator.speech.Script.Step;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Which conversations are kept, from the client to the file for training. */
@Tag("endtoend")
final class CaptureTest {
  private static final String KEY = "sk-abcdefghijklmnopqrstuvwxyz012345";

  @TempDir Path temporary;
  private Path folder;
  private Stack stack;

  @BeforeEach
  void start() {
    folder = temporary.resolve("captures");
    stack =
        Stack.start(
            Recipe.of(Recipe.instant())
                .with("aliases: {coding: m, other: m}")
                .with("capture: {folder: \"%s\", aliases: [coding]}".formatted(folder)));
    stack.answer("hi", Script.text("the key is sk-abcdefghij", "klmnopqrstuvwxyz012345", ", ok?"));
    stack.answer("cut", Script.text("so far").withDoneReason("length"));
    stack.answer(
        "look",
        Script.of(
            new Step.Thinking("hm"), new Step.ToolCall("bash", "{\"token\":\"" + KEY + "\"}")));
  }

  @AfterEach
  void close() {
    stack.close();
  }

  @Test
  void keepsWhatCameByItsNameWithoutSecretsAndPrintsItForTraining() throws IOException {
    ask(Chat.PATH, body("coding", "hi", ",\"stream\":true"));
    ask("/v1/messages", body("coding", "look", TOOLS + ",\"max_tokens\":99"));
    ask(Chat.PATH, body("coding", "cut", ""));
    ask(Chat.PATH, body("other", "hi", ""));
    ask(Chat.PATH, body("m", "hi", ""));
    Waits.done(stack.gateway().drain());

    assertThat(files()).hasSize(3).allSatisfy(file -> assertThat(file).doesNotContain(KEY));
    List<String> lines = export("--alias", "coding", "--since", "1d", "--ended", "completed");
    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst())
        .isEqualTo(
            "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},"
                + "{\"role\":\"assistant\",\"content\":\"the key is [blanked], ok?\"}]}");
    assertThat(lines.getLast())
        .contains("\"name\":\"bash\"", "[blanked]", "\"tools\":[")
        .doesNotContain("hm");
    assertThat(export("--ended", "length")).singleElement().asString().contains("so far");
  }

  @Test
  void keepsNothingOfWhatFailed() throws IOException {
    stack.ollama(0).inject(Fault.Status.error(500, "boom"));
    ask(Chat.PATH, body("coding", "hi", ""));
    Waits.done(stack.gateway().drain());

    assertThat(files()).isEmpty();
  }

  @Test
  void listensForNobodyElse() {
    Bus bus = Bus.of(stack.vertx());

    assertThat(bus.isHeard(Address.capturedAlias("coding"))).isTrue();
    assertThat(bus.isHeard(Address.capturedAlias("other"))).isFalse();
    assertThat(bus.isHeard(Address.capturedKey("coding"))).isFalse();
  }

  @Test
  void saysWhatIsWrongWithTheCommand() {
    assertThat(run(new StringWriter(), "export")).isEqualTo(2);
    assertThat(run(new StringWriter(), "export", "--folder", "none")).isEqualTo(2);
    assertThat(run(new StringWriter(), "export", "--folder", ".", "--ended", "x")).isEqualTo(2);
    assertThat(run(new StringWriter(), "export", "--folder", ".", "--since", "x")).isEqualTo(2);
  }

  private static final String TOOLS =
      ",\"tools\":[{\"name\":\"bash\",\"input_schema\":{\"type\":\"object\"}}]";

  private static String body(String model, String question, String more) {
    return Chat.body(question, more).replace("\"m\"", "\"" + model + "\"");
  }

  private void ask(String path, String body) throws IOException {
    try (RawClient client = stack.client().post(path, body, Map.of())) {
      client.reply();
    }
    stack.nextEnd();
  }

  private List<String> export(String... options) {
    StringWriter out = new StringWriter();
    String[] arguments =
        Stream.concat(Stream.of("export", "--folder", folder.toString()), Stream.of(options))
            .toArray(String[]::new);
    assertThat(run(out, arguments)).isZero();
    return out.toString().lines().toList();
  }

  private int run(StringWriter out, String... arguments) {
    CommandLine line = CommandLineLaunch.of(new FakeSurroundings(temporary));
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(new StringWriter()));
    return line.execute(arguments);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(CaptureTest::text).toList();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
