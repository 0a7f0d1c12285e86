package com.visiquate.ccproxy.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.ExchangeEnded;
import com.visiquate.ccproxy.simulator.speech.Gate;
import com.visiquate.ccproxy.simulator.speech.Script;
import com.visiquate.ccproxy.simulator.speech.Script.Step;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What clients of the Anthropic family put on the wire, and what they must get there. */
@Tag("endtoend")
final class MessagesWireTest {
  private static final String PATH = "/v1/messages";
  private static final String CLAUDE_CODE =
      """
      {"model":"claude-opus-5","max_tokens":64000,"stream":true,
       "thinking":{"type":"adaptive","display":"omitted"},"output_config":{"effort":"high"},
       "context_management":{"edits":[{"type":"clear_thinking_20251015","keep":"all"}]},
       "metadata":{"user_id":"{\\"device_id\\":\\"d\\",\\"account_uuid\\":\\"\\",\\"session_id\\":\\"s\\"}"},
       "system":[{"type":"text","text":"x-anthropic-billing-header: cc_version=2.1.257.e3b;"},
                 {"type":"text","text":"You are Claude Code.","cache_control":{"type":"ephemeral"}}],
       "messages":[{"role":"user","content":[{"type":"text","text":"Fix the test.",
                    "cache_control":{"type":"ephemeral"}}]},
                   {"role":"system","content":"The date is 2026-11-21."}],
       "tools":[{"name":"Read","description":"Reads.","input_schema":{"$schema":"x","type":"object",
                 "properties":{"file_path":{"type":"string"}},"additionalProperties":false}},
                {"type":"web_search_20260209","name":"web_search"}]}
      """;
  private static final Map<String, String> CLAUDE_CODE_HEADERS =
      Map.of(
          "anthropic-version", "2023-06-01",
          "anthropic-beta", "claude-code-20250219,interleaved-thinking-2025-05-14",
          "x-api-key", "any",
          "x-app", "cli",
          "x-claude-code-session-id", "session-1",
          "User-Agent", "claude-cli/2.1.257 (external, cli)",
          "Accept-Encoding", "gzip, deflate, br, zstd");

  private final Stack stack =
      Stack.start(
          Recipe.of(1, Recipe.instant())
              .server("body-limit: 64KiB")
              .with("queue: {length: 0}\naliases: {\"claude-*\": m}")
              .with("waiting: {commit-after: 10ms, heartbeat: 20ms}"));

  @AfterEach
  void close() {
    stack.close();
  }

  @Test
  void servesClaudeCode() throws IOException {
    stack.answer(
        "The date is 2026-11-21.",
        Script.of(
            new Step.Thinking("hm"),
            new Step.Text("I read."),
            new Step.ToolCall("Read", "{\"file_path\":\"a\"}")));
    try (RawClient client = stack.client()) {
      client.post(PATH + "?beta=true", CLAUDE_CODE, CLAUDE_CODE_HEADERS);
      RawClient.Reply reply = client.reply();

      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.header("content-type")).isEqualTo("text/event-stream; charset=utf-8");
      assertThat(reply.header("request-id")).isEqualTo("req_" + reply.header("x-request-id"));
      assertThat(reply.headers()).doesNotContainKey("content-encoding");
      assertThat(reply.body())
          .contains("\"model\":\"claude-opus-5\"", "\"signature\":\"", "\"name\":\"Read\"")
          .endsWith("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
    }
    ExchangeEnded end = stack.nextEnd();
    assertThat(end.route()).isEqualTo(PATH);
    assertThat(end.client().value()).isEqualTo("session-1");
    assertThat(stack.lastChat())
        .doesNotContain("billing", "cache_control", "web_search")
        .contains(
            "\"messages\":[{\"role\":\"system\",\"content\":\"You are Claude Code.\"},"
                + "{\"role\":\"user\",\"content\":\"Fix the test.\"},"
                + "{\"role\":\"system\",\"content\":\"The date is 2026-11-21.\"}]");
  }

  @Test
  void showsThatHiddenThinkingGoesOn() throws IOException {
    Gate gate = new Gate();
    stack.answer(
        "hi",
        Script.of(new Step.Thinking("not shown"), new Step.Hold(gate), new Step.Text("Hello")));
    String thinking =
        ",\"stream\":true,\"thinking\":{\"type\":\"enabled\",\"display\":\"omitted\"}";
    try (RawClient client = stack.client().post(PATH, body("hi", thinking))) {
      client.head();
      StringBuilder seen = new StringBuilder();
      while (occurrences(seen.toString(), "\"thinking_delta\",\"thinking\":\"\"") < 3) {
        seen.append(client.text());
      }
      gate.open();
      while (!seen.toString().contains("message_stop")) {
        seen.append(client.text());
      }
      assertThat(seen.toString()).doesNotContain("not shown").contains("\"text\":\"Hello\"");
    }
  }

  @Test
  void saysWhenToComeBack() throws IOException {
    Gate gate = new Gate();
    stack.answer("hold", Script.of(new Step.Text("a"), new Step.Hold(gate)));
    try (RawClient busy = stack.asking(Chat.streamed("hold"))) {
      busy.head();
      RawClient.Reply full = post(PATH, body("hi", ",\"stream\":true"));

      assertThat(full.status()).isEqualTo(429);
      assertThat(Integer.parseInt(full.header("retry-after"))).isBetween(1, 54);
      assertThat(full.header("x-should-retry")).isEqualTo("true");
      assertThat(full.headers().keySet()).noneMatch(name -> name.startsWith("anthropic-ratelimit"));
      assertThat(full.body())
          .startsWith("{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"")
          .contains("\"request_id\":\"" + full.header("request-id") + "\"");
      assertThat(post(PATH + "/count_tokens", body("hi", "")).status()).isEqualTo(200);
      gate.open();
    }
  }

  @Test
  void namesWhatIsWrongWithARequest() throws IOException {
    assertThat(post(PATH, "x".repeat(70_000)).body()).contains("\"request_too_large\"");
    assertThat(post(PATH, "{").body()).contains("\"invalid_request_error\"");
    assertThat(post(PATH + "/count_tokens", "{\"model\":\"m\"}").body())
        .contains("\"invalid_request_error\",\"message\":\"messages: Field required\"");
    assertThat(stack.read("/messages/none").body()).contains("\"not_found_error\"");
    assertThat(stack.read(PATH).status()).isEqualTo(405);
  }

  @Test
  void isFoundUnderEveryBaseUrl() throws IOException {
    stack.answer("hi", Script.text("Hello"));
    for (String base : List.of("", "/", "/v1", "/v1/", "/v1/v1")) {
      assertThat(post(base + "/messages", body("hi", "")).status()).as(base).isEqualTo(200);
      assertThat(post(base + "/messages/", body("hi", "")).status()).as(base).isEqualTo(200);
      assertThat(post(base + "/messages/count_tokens?beta=true", body("hi", "")).body())
          .as(base)
          .startsWith("{\"input_tokens\":");
      assertThat(post(base + "/chat/completions", Chat.whole("hi")).status()).isEqualTo(200);
      assertThat(stack.read(base + "/models").body()).as(base).contains("\"object\":\"list\"");
      assertThat(stack.read(base + "/models/m").body()).as(base).startsWith("{\"id\":\"m\"");
    }
  }

  @Test
  void answersSmallQuestionsQuietly() throws IOException {
    for (String path : List.of("/", "/api/hello")) {
      try (RawClient client = stack.client().request("HEAD", path)) {
        assertThat(client.head().status()).isEqualTo(200);
      }
    }
    assertThat(stack.read("/api/hello").status()).isEqualTo(200);
    for (String path : List.of("/api/event_logging/batch", "/api/event_logging/v2/batch")) {
      RawClient.Reply small = post(path, "{\"events\":[]}");
      assertThat(small.status()).isEqualTo(200);
      assertThat(small.body()).isEqualTo("{}");
      assertThat(post(path, "x".repeat(500_000)).status()).isEqualTo(200);
    }
    assertThat(stack.endsLeft()).isZero();
  }

  @Test
  void learnsFromOllamaHowManyTokensThingsAre() throws IOException {
    String question = "The quick brown fox jumps over the lazy dog. ".repeat(20);
    // On one connection, because each event loop learns for itself.
    try (RawClient client = stack.client()) {
      int before = counted(client, question);
      stack.answer(question, Script.text("Yes").withCounts(before * 2, 1));
      for (int i = 0; i < 100; i++) {
        assertThat(client.post(PATH, body(question, "")).reply().status()).isEqualTo(200);
      }

      assertThat(counted(client, question)).isBetween(before * 19 / 10, before * 2 + 1);
    }
    stack.until(() -> stack.metrics().contains("ccproxy_prompt_estimates_total{counted_by="));
  }

  private static int counted(RawClient client, String question) throws IOException {
    String body = client.post(PATH + "/count_tokens", body(question, "")).reply().body();
    return Integer.parseInt(body.replaceAll("\\D", ""));
  }

  @Test
  void listsModelsInTheFormOfWhoAsks() throws IOException {
    String ask = "GET /v1/models%s HTTP/1.1\r\nHost: x\r\nanthropic-version: 2023-06-01\r\n\r\n";
    try (RawClient client = stack.client()) {
      client.send(ask.formatted("?limit=1000").getBytes(UTF_8));
      assertThat(client.reply().body()).contains("\"has_more\":false,\"first_id\":\"m\"");
      client.send(ask.formatted("?limit=x&after_id=m").getBytes(UTF_8));
      assertThat(client.reply().body()).startsWith("{\"data\":[],");
      client.send(ask.formatted("/none").getBytes(UTF_8));
      RawClient.Reply unknown = client.reply();
      assertThat(unknown.body()).contains("\"not_found_error\",\"message\":\"model: none\"");
      assertThat(unknown.header("request-id")).startsWith("req_");
    }
  }

  private RawClient.Reply post(String path, String body) throws IOException {
    try (RawClient client = stack.client().post(path, body)) {
      return client.reply();
    }
  }

  private static String body(String question, String more) {
    return Chat.body(question, ",\"max_tokens\":100" + more);
  }

  private static int occurrences(String text, String part) {
    return text.split(java.util.regex.Pattern.quote(part), -1).length - 1;
  }
}
