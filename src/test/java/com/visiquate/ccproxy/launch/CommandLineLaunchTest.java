package com.visiquate.ccproxy.launch;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import com.visiquate.ccproxy.FakeSurroundings;
import com.visiquate.ccproxy.Terminal;
import com.visiquate.ccproxy.config.logs.QuietStart;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

@Isolated
final class CommandLineLaunchTest {
  private static final String VALID =
      """
      backends: [{id: a, url: "http://127.0.0.1:9"}]
      models: [{name: m, ollama: m, context: 4096, backends: [a]}]
      aliases: {coding: m}
      limits: {connect: 1s}
      """;

  private static final String LITELLM =
      Path.of("src/test/resources/litellm/deployed.yaml").toAbsolutePath().toString();

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private FakeSurroundings surroundings = new FakeSurroundings(Path.of(""));

  @BeforeEach
  void stand() {
    surroundings = new FakeSurroundings(folder);
  }

  @AfterEach
  void quieten() {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    new QuietStart().configure(context);
  }

  @Test
  void checksTheShippedFile() {
    surroundings = new FakeSurroundings(Path.of(""));

    assertThat(run("--check")).isZero();
    assertThat(out.toString().strip())
        .isEqualTo("configuration is valid: 3 backends, 2 models, 8 aliases");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void countsOneAsOne() throws IOException {
    Path file = write(VALID);

    assertThat(run("--check", "--config", file.toString())).isZero();
    assertThat(out.toString().strip())
        .isEqualTo("configuration is valid: 1 backend, 1 model, 1 alias");
  }

  @Test
  void tellsWhatBecomesOfEachKeyOfALiteLlmFile() {
    assertThat(run("--check", "--config", LITELLM)).isZero();
    assertThat(out.toString().lines())
        .contains(LITELLM + ":22: server.port: used: server.port")
        .endsWith("configuration is valid: 1 backend, 1 model, 2 aliases");
    assertThat(err.toString()).contains("no num_ctx: its window is 4096 tokens");
  }

  @Test
  void refusesOtherMachinesWithoutKeysAndCountsKeys() throws IOException {
    String file = write(VALID).toString();
    assertThat(run("--check", "--config", file, "--host", "0.0.0.0")).isEqualTo(1);
    assertThat(err.toString()).startsWith("CCPROXY_SERVER_HOST: server.host: 0.0.0.0 (expected: ");

    write(VALID + "keys: [{name: k, key: env:K}]\n");
    surroundings.environment.put("K", "a key");
    assertThat(run("--check", "--config", file, "--host", "0.0.0.0")).isZero();
    assertThat(out.toString()).contains("1 backend, 1 model, 1 alias, 1 key");
  }

  @Test
  void printsALiteLlmFileAsItsOwn() throws IOException {
    assertThat(run("--print-config", "--config", LITELLM)).isZero();
    Path printed = write(out.toString());
    assertThat(err.toString()).contains("num_ctx");

    assertThat(run("--check", "--config", printed.toString())).isZero();
    assertThat(out.toString()).contains("valid: 1 backend, 1 model, 2 aliases");
  }

  @Test
  void tellsEveryProblemOfAFileAndStartsNothing() throws IOException {
    Path file = write(VALID + "queue: {length: -1}\nrouting: {strategy: best}\n");

    assertThat(run("--config", file.toString())).isEqualTo(1);
    assertThat(err.toString().lines())
        .containsExactly(
            file + ":5: queue.length: -1 (expected: a whole number >= 0)",
            file
                + ":6: routing.strategy: best"
                + " (expected: least-busy, least-requests, round-robin or shuffle)");
  }

  @Test
  void checksTheEnvironmentAsWell() throws IOException {
    Path file = write(VALID);
    surroundings.environment.put("CCPROXY_QUEUE_WAIT", "long");

    assertThat(run("--check", "--config", file.toString())).isEqualTo(1);
    assertThat(err.toString()).startsWith("CCPROXY_QUEUE_WAIT: queue.wait: long (expected: ");
  }

  @Test
  void tellsAboutTheDemoWhenThereIsNoFile() {
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString().lines())
        .containsExactly(
            "ccproxy: there is no conf/ccproxy.yaml here:"
                + " name a file with --config FILE, or try --demo",
            "ccproxy --help tells more.");
  }

  @Test
  void refusesWrongUsage() {
    assertThat(run("--bogus")).isEqualTo(2);
    assertThat(run("--port", "65536", "--demo")).isEqualTo(2);
    assertThat(run("--port", "web", "--demo")).isEqualTo(2);
    assertThat(run("--demo", "--config", "x")).isEqualTo(2);
    assertThat(err.toString())
        .contains("--bogus")
        .contains("--port: 65536 (expected: 0 to 65535)")
        .contains("'web' is not")
        .contains("choose one of them");
  }

  @Test
  void tellsItsExitCodesAndItsVersion() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString()).contains("Exit codes:").contains("3   it could not start");

    assertThat(run("--version")).isZero();
    assertThat(out.toString()).containsPattern("ccproxy \\d+\\.\\d+");
  }

  @Test
  void listensUntilASignalEndsIt() throws Exception {
    Path file = write(VALID);
    try (Terminal terminal = new Terminal()) {
      assertThat(run("--config", file.toString(), "--port", "0")).isZero();
      terminal.await("listens on http://127.0.0.1:");

      surroundings.signal(15);

      assertThat(surroundings.exitCode()).isEqualTo(143);
      assertThat(terminal.text())
          .contains("1 backend, 1 model, 1 alias (" + file + ")")
          .contains("signal 15: stopping; a second one ends at once");
    }
  }

  @Test
  void saysWhichPortIsTakenAndWhatToDo() throws Exception {
    Path file = write(VALID);
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Terminal terminal = new Terminal()) {
      String port = String.valueOf(taken.getLocalPort());

      run("--config", file.toString(), "--port", port);

      assertThat(surroundings.exitCode()).isEqualTo(3);
      assertThat(terminal.text())
          .contains("could not start: port " + port + " of 127.0.0.1 is taken")
          .contains("--port");
    }
  }

  @Test
  void saysThatTheLogCannotBeWritten() throws Exception {
    Path file = write(VALID + "logging: {file: \"%s/x\"}\n".formatted(folder.resolve("c.yaml")));
    try (Terminal terminal = new Terminal()) {
      assertThat(run("--config", file.toString())).isEqualTo(3);
      assertThat(terminal.text()).contains("could not start: logging.file: ");
    }
  }

  @Test
  void demonstratesItself() throws Exception {
    try (Terminal terminal = new Terminal()) {
      assertThat(run("--demo", "--port", "0")).isZero();
      terminal.await("listens on http://127.0.0.1:");
      terminal.await("(demo)");
      surroundings.signal(2);

      assertThat(surroundings.exitCode()).isEqualTo(130);
    }
    assertThat(out.toString())
        .contains("simulated Ollama at http://127.0.0.1:")
        .contains("/v1/chat/completions -H 'content-type: application/json' -d '{\"model\":");
  }

  private int run(String... arguments) {
    CommandLine line = CommandLineLaunch.of(surroundings);
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("c.yaml"), text);
  }
}
