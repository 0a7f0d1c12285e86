package com.visiquate.ccproxy.endtoend;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ways in that clients of other servers know. */
@Tag("endtoend")
final class OtherDoorsTest {
  private static final String TALK = "\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]";
  private final Stack stack =
      Stack.start(Recipe.of(Recipe.instant()).with("aliases: {gpt-4: m, \"claude-*\": m}"));

  @AfterEach
  void close() {
    stack.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/openai/deployments/gpt-4/chat/completions?api-version=2024-10-21, messages",
    "/openai/deployments/m/chat/completions, messages",
    "/openai/deployments/claude-x%2Fy/chat/completions?api-version=x, messages",
    "/openai/deployments/gpt-4/completions?api-version=2024-10-21, prompt",
    "/openai/deployments/gpt-4/responses?api-version=2025-03-01-preview, input",
    "/engines/gpt-4/chat/completions, messages",
    "/v1/engines/gpt-4/completions, prompt",
    "/openai/v1/chat/completions?api-version=preview, messages",
  })
  void azureNamesTheModelInThePath(String path, String member) throws IOException {
    String content = member.equals("messages") ? TALK : "\"" + member + "\":\"x\"";
    String model = path.startsWith("/openai/v1") ? ",\"model\":\"gpt-4\"" : "";
    assertThat(post(path, "{" + content + model + "}").status()).isEqualTo(200);
    assertThat(stack.nextEnd().alias()).isIn("gpt-4", "m", "claude-*");
  }

  @Test
  void thePathCountsMoreThanTheBody() throws IOException {
    String path = "/openai/deployments/gpt-4/chat/completions";
    assertThat(post(path, "{\"model\":\"nobody\"," + TALK + "}").status()).isEqualTo(200);
    assertThat(post(path.replace("gpt-4", "nobody"), "{" + TALK + "}").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/responses", "/responses", "/v1/chat/completions"})
  void websocketsAreToldToUpgradeToHttp(String path) throws IOException {
    String head =
        """
        GET %s HTTP/1.1\r
        Host: localhost\r
        Connection: Upgrade\r
        Upgrade: websocket\r
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
        Sec-WebSocket-Version: 13\r
        \r
        """;
    try (RawClient client = stack.client()) {
      client.send(head.formatted(path).getBytes(US_ASCII));
      assertThat(client.reply().status()).isEqualTo(426);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"M", "GPT-4", "Gpt-4:latest", "CLAUDE-Haiku"})
  void namesOfOllamaKnowNoCase(String model) throws IOException {
    String named = "{\"model\":\"" + model + "\",";
    for (Map.Entry<String, String> door :
        Map.of(
                "/api/chat",
                TALK,
                "/api/generate",
                "\"prompt\":\"x\"",
                "/api/show",
                "\"verbose\":false")
            .entrySet()) {
      assertThat(post(door.getKey(), named + door.getValue() + "}").status())
          .as(door.getKey())
          .isEqualTo(200);
    }
  }

  private RawClient.Reply post(String path, String body) throws IOException {
    try (RawClient client = stack.client().post(path, body)) {
      return client.reply();
    }
  }
}
