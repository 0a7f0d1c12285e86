package com.visiquate.ccproxy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.FakeSurroundings;
import com.visiquate.ccproxy.launch.CommandLineLaunch;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What {@code ccproxy status} says of a gateway that runs, and how it ends. */
@Tag("endtoend")
final class StatusCommandTest {
  private final Stack stack =
      Stack.start(
          Recipe.of(2, Recipe.instant())
              .with(
                  "keys:\n"
                      + ConsoleClient.key("op", "operator: true")
                      + ConsoleClient.key("ada", "")));

  private final StringWriter said = new StringWriter();
  private final FakeSurroundings surroundings;

  StatusCommandTest(@TempDir Path folder) {
    surroundings = new FakeSurroundings(folder);
  }

  @AfterEach
  void close() {
    stack.close();
  }

  @Test
  void gradesTheGateway() throws IOException {
    surroundings.environment.put("CCPROXY_KEY", "op's");
    assertThat(status("http://127.0.0.1:" + stack.port() + "/")).isZero();
    assertThat(said.toString())
        .startsWith("OK - Nothing waits and nothing runs | running=0 waiting=0")
        .contains("b0 is up, 0 of 1 slots work", "b1 is up");
    Waits.done(stack.ollama(0).close());
    stack.until(() -> status("http://127.0.0.1:" + stack.port()) == 1);
    assertThat(said.toString()).contains("WARNING - ", "(no answer to a probe)");
    ConsoleClient.of(stack).with("x-api-key", "op's").post("/ccproxy/backends/b1/drain");
    stack.until(() -> status("http://127.0.0.1:" + stack.port()) == 2);
    assertThat(said.toString()).contains("CRITICAL - No backend takes work: b0 is down");
  }

  @Test
  void saysWhyItDoesNotKnow() {
    assertThat(status("http://127.0.0.1:" + stack.port())).isEqualTo(3);
    assertThat(said.toString()).startsWith("UNKNOWN - it answers 401").contains("CCPROXY_KEY");
    surroundings.environment.put("CCPROXY_KEY", "ada's");
    assertThat(status("http://127.0.0.1:" + stack.port())).isEqualTo(3);
    assertThat(said.toString()).contains("it answers 403");
    assertThat(status("no address")).isEqualTo(3);
    assertThat(said.toString()).contains("no gateway answers at no address");
  }

  private int status(String url) {
    CommandLine line = CommandLineLaunch.of(surroundings);
    line.setOut(new PrintWriter(said));
    return line.execute("status", "--url", url);
  }
}
