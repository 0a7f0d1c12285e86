package com.visiquate.ccproxy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.simulator.speech.Script;
import com.visiquate.ccproxy.simulator.speech.Script.Step;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Most clients never send back what a model thought before it called a tool. */
@Tag("endtoend")
final class ForgottenThinkingTest {
  private static final Pattern ID = Pattern.compile("\"(?:toolu_)?(call_[A-Za-z0-9]{8})\"");
  private static final String THOUGHT = "\"thinking\":\"I ask about Paris\"";

  private Stack stack = start("");

  private static Stack start(String more) {
    return Stack.start(Recipe.of(1, Recipe.instant()).with("queue: {length: 0}" + more))
        .answer(
            "Paris?",
            Script.of(
                new Step.Thinking("I ask "),
                new Step.Thinking("about Paris"),
                new Step.ToolCall("weather", "{\"city\":\"Paris\"}"),
                new Step.ToolCall("weather", "{\"city\":\"Nice\"}")))
        .answer("sunny", Script.text("It is sunny."));
  }

  @AfterEach
  void close() {
    stack.close();
  }

  @ParameterizedTest
  @CsvSource({
    "chat, true", "chat, false", "responses, true", "responses, false",
    "messages, true", "messages, false", "native, true", "native, false"
  })
  void isPutBackInEveryDialect(String dialect, boolean stream) throws IOException {
    String id = called(dialect, stream);

    ask(dialect, stream, history(dialect, id, "weather"));

    assertThat(stack.lastChat()).contains(THOUGHT + ",\"tool_calls\":[{\"id\":\"" + id + "\"");
  }

  /** Whoever made the call, and in whatever dialect it comes back. */
  @Test
  void isPutBackAcrossDialects() throws IOException {
    String id = called("messages", true);

    ask("chat", false, history("chat", id, "weather"));

    assertThat(stack.lastChat()).contains(THOUGHT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"chat", "responses", "messages", "native"})
  void isNotInvented(String dialect) throws IOException {
    String id = called(dialect, false);

    ask(dialect, false, history(dialect, "call_unknown", "weather"));
    assertThat(stack.lastChat()).doesNotContain("\"thinking\":");
    ask(dialect, false, history(dialect, id, "another"));
    assertThat(stack.lastChat()).doesNotContain("\"thinking\":");
  }

  @Test
  void isTheClientsWhereItSendsAny() throws IOException {
    String id = called("native", false);
    String own =
        history("native", id, "weather")
            .replace("\"content\":\"\"", "\"content\":\"\",\"thinking\":\"mine\"");

    ask("native", false, own);

    assertThat(stack.lastChat()).contains("\"thinking\":\"mine\"");
  }

  @Test
  void isNotRememberedWhereNothingIs() throws IOException {
    stack.close();
    stack = start("\nmemory: {responses: 0}");
    String id = called("chat", false);

    ask("chat", false, history("chat", id, "weather"));

    assertThat(stack.lastChat()).doesNotContain("\"thinking\":");
  }

  private String called(String dialect, boolean stream) throws IOException {
    String question =
        dialect.equals("responses")
            ? "{\"type\":\"message\",\"role\":\"user\",\"content\":\"Paris?\"}"
            : "{\"role\":\"user\",\"content\":\"Paris?\"}";
    Matcher id = ID.matcher(ask(dialect, stream, question));
    assertThat(id.find()).isTrue();
    return id.group(1);
  }

  private static String history(String dialect, String id, String tool) {
    String pattern =
        switch (dialect) {
          case "chat" ->
              "{'role':'user','content':'Paris?'},{'role':'assistant','content':null,'tool_calls':[{'id':'ID','type':'function','function':{'name':'TOOL','arguments':'{}'}}]},{'role':'tool','tool_call_id':'ID','content':'sunny'}";
          case "responses" ->
              "{'type':'message','role':'user','content':'Paris?'},{'type':'function_call','call_id':'ID','name':'TOOL','arguments':'{}'},{'type':'function_call_output','call_id':'ID','output':'sunny'}";
          case "messages" ->
              "{'role':'user','content':'Paris?'},{'role':'assistant','content':[{'type':'tool_use','id':'toolu_ID','name':'TOOL','input':{}}]},{'role':'user','content':[{'type':'tool_result','tool_use_id':'toolu_ID','content':'sunny'}]}";
          default ->
              "{'role':'user','content':'Paris?'},{'role':'assistant','content':'','tool_calls':[{'id':'ID','function':{'name':'TOOL','arguments':{}}}]},{'role':'tool','tool_name':'TOOL','tool_call_id':'ID','content':'sunny'}";
        };
    return pattern.replace('\'', '"').replace("ID", id).replace("TOOL", tool);
  }

  private String ask(String dialect, boolean stream, String messages) throws IOException {
    String function = "\"name\":\"weather\",\"parameters\":{\"type\":\"object\",\"properties\":{}}";
    String nested = "{\"type\":\"function\",\"function\":{%s}}".formatted(function);
    String rest = "\"model\":\"m\",\"stream\":%s".formatted(stream);
    return switch (dialect) {
      case "chat" ->
          post(
              "/v1/chat/completions",
              "{%s,\"messages\":[%s],\"tools\":[%s]}".formatted(rest, messages, nested));
      case "responses" ->
          post(
              "/v1/responses",
              "{%s,\"store\":false,\"input\":[%s],\"tools\":[{\"type\":\"function\",%s}]}"
                  .formatted(rest, messages, function));
      case "messages" ->
          post(
              "/v1/messages",
              "{%s,\"max_tokens\":99,\"thinking\":{\"type\":\"adaptive\"},\"messages\":[%s],\"tools\":[{\"name\":\"weather\",\"input_schema\":{}}]}"
                  .formatted(rest, messages));
      default ->
          post(
              "/api/chat",
              "{%s,\"messages\":[%s],\"tools\":[%s]}".formatted(rest, messages, nested));
    };
  }

  private String post(String path, String body) throws IOException {
    try (RawClient client = stack.client().post(path, body)) {
      RawClient.Reply reply = client.reply();
      assertThat(reply.status()).as(reply.body()).isEqualTo(200);
      return reply.body();
    }
  }
}
