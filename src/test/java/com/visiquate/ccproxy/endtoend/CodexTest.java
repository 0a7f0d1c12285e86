package com.visiquate.ccproxy.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.visiquate.ccproxy.dialect.responses.ResponsesStreamGrammar;
import com.visiquate.ccproxy.simulator.speech.Script;
import com.visiquate.ccproxy.simulator.speech.Script.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A turn of Codex as it was captured: all its kinds of items and of tools, nothing stored. */
@Tag("endtoend")
final class CodexTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Path GOLDEN = Path.of("src/test/resources/golden/responses/codex");
  private static final Map<String, String> HEADERS =
      Map.of(
          "Authorization", "Bearer any",
          "originator", "codex_cli_rs",
          "session_id", "019a2b3c-conversation",
          "User-Agent", "codex_cli_rs/0.156.0",
          "Accept", "text/event-stream");

  private final Stack stack =
      Stack.start(Recipe.of(1, Recipe.instant()).with("aliases: {coder: m}"));

  @AfterEach
  void close() {
    stack.close();
  }

  @Test
  void isServedAsItComes() throws IOException {
    stack.answer(
        "Exit code: 0\nOutput:\none\n",
        Script.of(
            new Step.Thinking("Now patch."),
            new Step.Text("I change it."),
            new Step.ToolCall("apply_patch", "{\"input\":\"*** Begin Patch\\n*** End Patch\"}"),
            new Step.ToolCall("local_shell", "{\"command\":[\"ls\"]}")));

    RawClient.Reply reply = asked();

    assertThat(reply.status()).isEqualTo(200);
    ResponsesStreamGrammar stream = ResponsesStreamGrammar.check(reply.body());
    assertThat(stream.text()).isEqualTo("I change it.");
    assertThat(stream.thinking()).isEqualTo("Now patch.");
    assertThat(stream.items())
        .extracting(item -> item.path("type").asText())
        .isEqualTo(List.of("reasoning", "message", "custom_tool_call", "local_shell_call"));
    assertThat(stream.items().getFirst().path("encrypted_content").asText()).isNotEmpty();
    assertThat(stream.types().getLast()).isEqualTo("response.completed");
    assertThat(stream.response().at("/usage/input_tokens").isInt()).isTrue();
    assertReachedOllamaAsExpected();
    assertThat(stack.nextEnd().client().value()).isEqualTo("019a2b3c-conversation");
  }

  private void assertReachedOllamaAsExpected() throws IOException {
    JsonNode asked = JSON.readTree(stack.lastChat());
    JsonNode golden = JSON.readTree(Files.readString(GOLDEN.resolve("ollama-request.json"), UTF_8));
    for (String name : new String[] {"messages", "tools", "think", "stream", "truncate", "shift"}) {
      assertThat(asked.path(name)).as(name).isEqualTo(golden.path(name));
    }
  }

  private RawClient.Reply asked() throws IOException {
    String body = Files.readString(GOLDEN.resolve("request.json"));
    try (RawClient client = stack.client().post("/v1/responses", body, HEADERS)) {
      return client.reply();
    }
  }
}
