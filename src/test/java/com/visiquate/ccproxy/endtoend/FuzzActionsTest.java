package com.visiquate.ccproxy.endtoend;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that nobody should send, at every path where an operator does something. */
@Tag("endtoend")
final class FuzzActionsTest {
  private static final int BODIES = 1_000;
  private static final long SEED = Long.getLong("seed", 20_261_130);
  private static final List<String> PROPER =
      List.of(
          "{\"class\":\"interactive\",\"seconds\":3,\"model\":\"m\"}",
          "{\"seconds\":86400,\"model\":\"m\",\"more\":[1,{\"a\":null}]}",
          "{}");

  private final Stack stack = Stack.start(Recipe.of(1, Recipe.instant()));

  @AfterEach
  void close() {
    stack.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/ccproxy/requests/x/cancel",
        "/ccproxy/requests/x/class",
        "/ccproxy/backends/b0/drain",
        "/ccproxy/backends/b0/hold",
        "/ccproxy/backends/b0/warm",
        "/ccproxy/backends/b0/unload",
        "/ccproxy/clients/x/stop",
        "/cache/delete",
      })
  void areAnsweredWithASentence(String path) throws IOException {
    HostileBodies bodies = new HostileBodies(PROPER, SEED);
    RawClient client = stack.client();
    for (int i = 0; i < BODIES; i++) {
      client.send(fromTheConsole(bodies.request(path)));
      RawClient.Reply reply = client.reply();
      String which = "seed %d, body %d: %s".formatted(SEED, i, reply.body());
      assertThat(reply.status()).as(which).isIn(200, 400, 404, 409, 413);
      assertThat(reply.body())
          .as(which)
          .matches("(?s)\\{\"(done\":\"|status\":\"|error\":\\{\"message\":\").*");
      assertThat(reply.body()).as(which).doesNotContain("Exception", "java.");
      if (reply.header("connection").equals("close")) {
        client.close();
        client = stack.client();
      }
    }
    client.close();
  }

  /** With the header that a page of another site cannot send. */
  private static byte[] fromTheConsole(byte[] request) {
    String text = new String(request, ISO_8859_1);
    return text.replaceFirst("\r\n", "\r\nx-ccproxy-console: 1\r\n").getBytes(ISO_8859_1);
  }
}
