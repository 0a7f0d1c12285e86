package com.visiquate.ccproxy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.FakeSurroundings;
import com.visiquate.ccproxy.launch.CommandLineLaunch;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What {@code ccproxy replay} says of a gateway that runs, and how it ends. */
@Tag("endtoend")
final class ReplayCommandTest {
  private final Stack stack = Stack.start(Recipe.of(Recipe.instant()));
  private final FakeSurroundings surroundings;
  private StringWriter out = new StringWriter();
  private StringWriter err = new StringWriter();

  ReplayCommandTest(@TempDir Path folder) {
    surroundings = new FakeSurroundings(folder);
  }

  @AfterEach
  void close() {
    stack.close();
  }

  @Test
  void comparesWhatWasWithWhatWouldHaveBeen() throws IOException {
    for (int i = 0; i < 3; i++) {
      stack.ask(Chat.streamed("question " + i));
    }
    stack.until(() -> replay("--since", "1h") == 0 && out.toString().startsWith("3 requests"));
    assertThat(replay("--with", "routing.patience=0.03", "--with", "backends.*.slots=2")).isZero();
    assertThat(out.toString().lines().map(line -> line.substring(0, line.indexOf("  "))))
        .containsExactly(
            "3 requests",
            "as it was",
            "replayed as it is",
            "backends.*.slots=2 routing.patience=0.03");
    assertThat(replay("--format", "json")).isZero();
    assertThat(new JsonObject(out.toString()).getInteger("requests")).isEqualTo(3);
  }

  @Test
  void saysWhyItDoesNotKnow() {
    assertThat(replay("--with", "routing.patients=1")).isEqualTo(2);
    assertThat(err.toString()).contains("routing.patients: unknown (expected: routing.strategy");
    assertThat(replay()).isEqualTo(2);
    assertThat(err.toString()).contains("nothing to replay");
    assertThat(execute("replay", "--url", "http://127.0.0.1:1")).isEqualTo(3);
    assertThat(err.toString()).contains("no gateway answers at http://127.0.0.1:1");
  }

  private int replay(String... options) {
    List<String> all = new ArrayList<>(List.of("replay", "--url"));
    all.add("http://127.0.0.1:" + stack.port());
    all.addAll(List.of(options));
    return execute(all.toArray(String[]::new));
  }

  private int execute(String... arguments) {
    out = new StringWriter();
    err = new StringWriter();
    CommandLine line = CommandLineLaunch.of(surroundings);
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line.execute(arguments);
  }
}
