package com.visiquate.ccproxy.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.simulator.speech.Script;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Web pages that use the SDKs, and those that had better not. */
@Tag("endtoend")
final class CorsTest {
  private static final String ALLOWED = "access-control-allow-origin";
  private static final String PAGE = "http://localhost:5173";
  private static final String STRANGER = "http://evil.example";
  private final Stack stack =
      Stack.start(Recipe.of(1, Recipe.instant())).answer("hi", Script.text("Hello"));

  @AfterEach
  void close() {
    stack.close();
  }

  @Test
  void letsPagesOfThisMachineAsk() throws IOException {
    for (String path : List.of("/v1/messages", Chat.PATH, "/v1/messages/count_tokens")) {
      RawClient.Reply leave = preflight(path, PAGE);

      assertThat(leave.status()).isEqualTo(204);
      assertThat(leave.header(ALLOWED)).isEqualTo(PAGE);
      assertThat(leave.header("access-control-allow-methods")).contains("POST");
      assertThat(leave.header("access-control-allow-headers"))
          .isEqualTo("content-type, x-api-key, anthropic-version, x-stainless-lang");
      assertThat(leave.header("vary")).isEqualTo("origin");
    }
  }

  @Test
  void letsThemReadTheAnswers() throws IOException {
    for (String body : List.of(Chat.streamed("hi"), Chat.whole("hi"), "{")) {
      RawClient.Reply reply = post(body, PAGE);
      assertThat(reply.header(ALLOWED)).isEqualTo(PAGE);
      assertThat(reply.header("access-control-expose-headers")).contains("retry-after");
    }
    try (RawClient client = stack.client()) {
      client.send(
          "GET /v1/models HTTP/1.1\r\nHost: x\r\nOrigin: %s\r\n\r\n"
              .formatted(PAGE)
              .getBytes(UTF_8));
      assertThat(client.reply().header(ALLOWED)).isEqualTo(PAGE);
    }
  }

  @Test
  void givesStrangersNoLeave() throws IOException {
    assertThat(preflight("/v1/messages", STRANGER).headers().keySet())
        .noneMatch(name -> name.startsWith("access-control"));
    assertThat(post(Chat.whole("hi"), STRANGER).headers().keySet())
        .noneMatch(name -> name.startsWith("access-control"));
  }

  private RawClient.Reply post(String body, String origin) throws IOException {
    try (RawClient client = stack.client().post(Chat.PATH, body, Map.of("Origin", origin))) {
      return client.reply();
    }
  }

  private RawClient.Reply preflight(String path, String origin) throws IOException {
    String ask =
        """
        OPTIONS %s HTTP/1.1\r
        Host: x\r
        Origin: %s\r
        Access-Control-Request-Method: POST\r
        Access-Control-Request-Headers: content-type,x-api-key,anthropic-version,x-stainless-lang,x-evil\r
        \r
        """;
    try (RawClient client = stack.client()) {
      client.send(ask.formatted(path, origin).getBytes(UTF_8));
      return client.reply();
    }
  }
}
