package com.visiquate.ccproxy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.ExchangeEnded;
import com.visiquate.ccproxy.simulator.speech.Gate;
import com.visiquate.ccproxy.simulator.speech.Script;
import com.visiquate.ccproxy.simulator.speech.Script.Step;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What Codex and its like put on the wire, and what they must get there. */
@Tag("endtoend")
final class ResponsesWireTest {
  private static final String PATH = "/v1/responses";
  private static final Pattern ID = Pattern.compile("\\{\"id\":\"(resp_[^\"]+)\"");
  private static final String CODEX =
      """
      {"model":"m","instructions":"You are a coding agent.","store":false,"stream":true,
       "input":[{"type":"message","role":"user","content":[{"type":"input_text","text":"Fix it."}]},
                {"type":"reasoning","summary":[],"encrypted_content":"Y2Nwcm94eTpMb29rIGZpcnN0"},
                {"type":"function_call","name":"exec_command","arguments":"{\\"cmd\\":\\"cat a\\"}",
                 "call_id":"call_1"},
                {"type":"function_call_output","call_id":"call_1","output":"one"}],
       "tools":[{"type":"function","name":"exec_command","parameters":{"type":"object",
                 "properties":{"cmd":{"type":"string"}}},"strict":false},{"type":"web_search"}],
       "tool_choice":"auto","parallel_tool_calls":true,"reasoning":{"effort":"medium"},
       "include":["reasoning.encrypted_content"],"prompt_cache_key":"019a2b3c"}
      """;
  private static final String SAME_CHAT =
      """
      {"model":"m","stream":true,"reasoning_effort":"medium",
       "messages":[{"role":"system","content":"You are a coding agent."},
                   {"role":"user","content":"Fix it."},
                   {"role":"assistant","content":"","reasoning_content":"Look first",
                    "tool_calls":[{"id":"call_1","type":"function","function":{
                      "name":"exec_command","arguments":"{\\"cmd\\":\\"cat a\\"}"}}]},
                   {"role":"tool","tool_call_id":"call_1","content":"one"}],
       "tools":[{"type":"function","function":{"name":"exec_command","parameters":{"type":"object",
                 "properties":{"cmd":{"type":"string"}}}}}]}
      """;

  private final Stack stack =
      Stack.start(
          Recipe.of(1, Recipe.instant())
              .with("queue: {length: 0}")
              .with("waiting: {commit-after: 10ms, heartbeat: 20ms}"));

  @AfterEach
  void close() {
    stack.close();
  }

  @Test
  void servesCodex() throws IOException {
    stack.answer(
        "one",
        Script.of(
            new Step.Thinking("hm"),
            new Step.Text("I see."),
            new Step.ToolCall("exec_command", "{\"cmd\":\"ls\"}")));

    RawClient.Reply reply = post(PATH, CODEX);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("content-type")).isEqualTo("text/event-stream; charset=utf-8");
    assertThat(reply.body())
        .startsWith("event: response.created\n")
        .contains("\"id\":\"resp_" + reply.header("x-request-id") + "\"")
        .containsSubsequence("\"type\":\"reasoning\"", "I see.", "\"type\":\"function_call\"")
        .containsSubsequence("event: response.completed\n", "}\n\n");
    ExchangeEnded end = stack.nextEnd();
    assertThat(end.route()).isEqualTo(PATH);
    assertThat(end.client().value()).isEqualTo("019a2b3c");
  }

  @Test
  void asksOllamaTheSameAsChatDoes() throws IOException {
    stack.answer("one", Script.text("I see."));
    post(PATH, CODEX);
    String asked = stack.lastChat();

    post(Chat.PATH, SAME_CHAT);

    assertThat(stack.lastChat()).isEqualTo(asked);
  }

  @Test
  void asksTheSameWhetherTheClientOrTheGatewayRemembers() throws IOException {
    stack.answer("one", Script.text("1")).answer("two", Script.text("2"));
    String id = id(post(PATH, "{\"model\":\"m\",\"input\":\"one\"}"));
    String first = stack.lastChat();
    post(PATH, body("two", ",\"previous_response_id\":\"%s\"".formatted(id)));
    String later = stack.lastChat();

    post(
        Chat.PATH,
        """
        {"model":"m","messages":[{"role":"user","content":"one"},
         {"role":"assistant","content":"1"},{"role":"user","content":"two"}]}
        """);

    assertThat(stack.lastChat()).isEqualTo(later);
    assertThat(later).startsWith(first.substring(0, first.indexOf("\"one\"") + 5));
  }

  @Test
  void beatsWhileItWaits() throws IOException {
    Gate gate = new Gate();
    stack.answer("hi", Script.of(new Step.Hold(gate), new Step.Text("Hello")));
    try (RawClient client = stack.client().post(PATH, body("hi", ",\"stream\":true"))) {
      client.head();
      StringBuilder seen = new StringBuilder();
      while (occurrences(seen, "event: response.in_progress\n") < 3) {
        seen.append(client.text());
      }
      assertThat(seen).startsWith("event: response.created\n").doesNotContain("Hello");
      gate.open();
      while (!seen.toString().contains("response.completed")) {
        seen.append(client.text());
      }
      assertThat(occurrences(seen, "event: response.created\n")).isEqualTo(1);
    }
  }

  @Test
  void isNeverRateLimited() throws IOException {
    Gate gate = new Gate();
    stack.answer("hold", Script.of(new Step.Text("a"), new Step.Hold(gate)));
    try (RawClient busy = stack.client().post(PATH, body("hold", ",\"stream\":true"))) {
      busy.head();
      RawClient.Reply full = post(PATH, body("hi", ""));

      assertThat(full.status()).isEqualTo(503);
      assertThat(full.header("retry-after")).isNotEmpty();
      assertThat(full.body()).startsWith("{\"error\":{\"message\":").contains("\"queue_full\"");
      gate.open();
    }
  }

  @Test
  void saysThatAnAnswerBroke() throws IOException {
    Gate gate = new Gate();
    stack.answer(
        "hi",
        Script.of(
            new Step.Text("half"), new Step.Hold(gate), new Step.Fail(Script.RUNNER_STOPPED)));
    StringBuilder seen = new StringBuilder();
    try (RawClient client = stack.client().post(PATH, body("hi", ",\"stream\":true"))) {
      assertThat(client.head().status()).isEqualTo(200);
      while (occurrences(seen, "half") == 0) {
        seen.append(client.text());
      }
      gate.open();
      while (occurrences(seen, "event: response.failed\n") == 0) {
        seen.append(client.text());
      }
    }
    assertThat(seen).contains("\"code\":\"server_error\"").doesNotContain("response.completed");
    assertThat(stack.read(PATH + "/" + id(seen)).status()).isEqualTo(404);
  }

  @Test
  void isFoundUnderEveryBaseUrl() throws IOException {
    stack.answer("hi", Script.text("Hello"));
    for (String base : List.of("", "/v1", "/v1/v1")) {
      for (String end : List.of("", "/")) {
        RawClient.Reply reply = post(base + "/responses" + end, body("hi", ""));
        assertThat(reply.status()).as(base).isEqualTo(200);
        String response = base + "/responses/" + id(reply);
        assertThat(stack.read(response + end).body()).as(base).isEqualTo(reply.body());
        assertThat(stack.read(response + "/input_items" + end + "?order=asc&limit=1").body())
            .contains("\"text\":\"hi\"", "\"has_more\":false");
      }
    }
  }

  @Test
  void namesWhatIsWrongWithARequest() throws IOException {
    assertThat(post(PATH, "{").body()).contains("\"invalid_json\"");
    assertThat(post(PATH, body("hi", ",\"previous_response_id\":\"resp_none\"")))
        .satisfies(refused -> assertThat(refused.status()).isEqualTo(400))
        .satisfies(refused -> assertThat(refused.body()).contains("previous_response_not_found"));
    assertThat(stack.read(PATH).status()).isEqualTo(405);
    assertThat(stack.read(PATH + "/resp_none").body()).contains("'resp_none' not found");
    assertThat(post(PATH + "/resp_none", "{}").header("allow"))
        .isEqualTo("GET, HEAD, DELETE, OPTIONS");
    assertThat(stack.chats()).isZero();
  }

  private RawClient.Reply post(String path, String body) throws IOException {
    try (RawClient client = stack.client().post(path, body)) {
      return client.reply();
    }
  }

  private static String body(String question, String more) {
    return "{\"model\":\"m\",\"input\":\"%s\"%s}".formatted(question, more);
  }

  private static String id(RawClient.Reply reply) {
    return id(reply.body());
  }

  private static String id(CharSequence answer) {
    Matcher id = ID.matcher(answer);
    assertThat(id.find()).isTrue();
    return id.group(1);
  }

  private static int occurrences(CharSequence text, String part) {
    return text.toString().split(Pattern.quote(part), -1).length - 1;
  }
}
