package com.visiquate.ccproxy.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.visiquate.ccproxy.bus.ExchangeEnded;
import com.visiquate.ccproxy.dialect.anthropic.MessagesStreamGrammar;
import com.visiquate.ccproxy.simulator.speech.Gate;
import com.visiquate.ccproxy.simulator.speech.Script;
import com.visiquate.ccproxy.simulator.speech.Script.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The whole turn of Claude Code as it was captured, byte for byte: three system blocks, system
 * messages among the others, 21 tools, adaptive thinking, context management, 64,000 tokens.
 */
@Tag("endtoend")
final class ClaudeCodeTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Path GOLDEN = Path.of("src/test/resources/golden/anthropic/claude-code");
  private static final String PATH = "/v1/messages?beta=true";
  private static final Map<String, String> HEADERS =
      Map.of(
          "anthropic-version", "2023-06-01",
          "anthropic-beta",
              "claude-code-20250219,context-1m-2025-08-07,interleaved-thinking-2025-05-14,"
                  + "context-management-2025-06-27,mid-conversation-system-2026-04-07",
          "Authorization", "Bearer any",
          "x-app", "cli",
          "x-claude-code-session-id", "session-1",
          "x-claude-code-agent-id", "agent-7",
          "User-Agent", "claude-cli/2.1.257 (external, cli)",
          "Accept-Encoding", "gzip, deflate, br, zstd");

  private final Stack stack =
      Stack.start(Recipe.of(1, Recipe.instant()).with("aliases: {\"claude-*\": m}"));

  @AfterEach
  void close() {
    stack.close();
  }

  @Test
  void isServedAsItComes() throws IOException {
    stack.answer(
        "<total_tokens>15000000 tokens left</total_tokens>",
        Script.of(
            new Step.Thinking("Look at"),
            new Step.Thinking(" it first."),
            new Step.Text("I read the file."),
            new Step.ToolCall("Read", "{\"file_path\":\"/src/App.java\"}"),
            new Step.ToolCall("Grep", "{\"pattern\":\"é\"}")));

    RawClient.Reply reply = asked(PATH, Files.readString(GOLDEN.resolve("request.json")));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.headers()).doesNotContainKey("content-encoding");
    assertThat(MessagesStreamGrammar.complete(reply.body()).text()).isEqualTo("I read the file.");
    assertThat(reply.body())
        .contains("\"model\":\"claude-opus-5\"", "\"name\":\"Read\"", "\"name\":\"Grep\"")
        .contains("\"stop_reason\":\"tool_use\"")
        .doesNotContain("Look at");
    assertReachedOllamaAsExpected();
    ExchangeEnded end = stack.nextEnd();
    assertThat(end.client().value()).isEqualTo("agent-7");
  }

  @Test
  void isCountedAtOnceWhileAllSlotsAreTaken() throws IOException {
    Gate gate = new Gate();
    stack.answer("hold", Script.of(new Step.Text("a"), new Step.Hold(gate)));
    try (RawClient busy = stack.asking(Chat.streamed("hold"))) {
      busy.head();
      RawClient.Reply counted =
          asked(
              "/v1/messages/count_tokens?beta=true",
              Files.readString(GOLDEN.resolve("request.json")));

      assertThat(counted.status()).isEqualTo(200);
      assertThat(JSON.readTree(counted.body()).path("input_tokens").asInt())
          .isBetween(1_000, 4_000);
      gate.open();
    }
    assertThat(stack.chats()).isEqualTo(1);
  }

  /** All that a model sees is as the golden folder says; what is pinned is this model's own. */
  private void assertReachedOllamaAsExpected() throws IOException {
    JsonNode asked = JSON.readTree(stack.lastChat());
    JsonNode golden = JSON.readTree(Files.readString(GOLDEN.resolve("ollama-request.json"), UTF_8));
    for (String name : new String[] {"messages", "tools", "think", "stream", "truncate", "shift"}) {
      assertThat(asked.path(name)).as(name).isEqualTo(golden.path(name));
    }
    assertThat(asked.path("tools").size()).isEqualTo(21);
    assertThat(asked.at("/options/num_predict").asInt()).isEqualTo(4_096);
  }

  private RawClient.Reply asked(String path, String body) throws IOException {
    try (RawClient client = stack.client().post(path, body, HEADERS)) {
      return client.reply();
    }
  }
}
