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

/** Conversations that are held here: the tool runners of Anthropic's SDKs send only what is new. */
@Tag("endtoend")
final class MessageThreadsTest {
  private static final String PATH = "/v1/messages";
  private static final Pattern ID = Pattern.compile("\"id\":\"(msg_[^\"]+)\"");
  private static final Pattern CALL = Pattern.compile("\"id\":\"(toolu_[^\"]+)\"");
  private static final String FIXED =
      """
      "system":[{"type":"text","text":"Be brief.","cache_control":{"type":"ephemeral"}}],
      "tools":[{"name":"weather","description":"Tells it.","input_schema":{"type":"object",
                "properties":{"city":{"type":"string"}},"required":["city"]}}]\
      """;
  private static final String QUESTION = "{\"role\":\"user\",\"content\":\"Paris?\"}";
  private static final String CREATE = "\"thread\":{\"type\":\"create\"}";

  private Stack stack = Stack.start(Recipe.of(1, Recipe.instant()).with("queue: {length: 0}"));

  MessageThreadsTest() {
    script();
  }

  private void script() {
    stack.answer(
        "Paris?",
        Script.of(
            new Step.Thinking("I ask"),
            new Step.Text("Let me see."),
            new Step.ToolCall("weather", "{\"city\":\"Paris\"}")));
    stack.answer("sunny", Script.text("It is sunny."));
    stack.answer("And Rome?", Script.text("No idea."));
  }

  @AfterEach
  void close() {
    stack.close();
  }

  /** Turn by turn the model gets what it would get from a client that sends everything. */
  @ParameterizedTest
  @CsvSource({"true, summarized", "true, omitted", "false, summarized", "false, omitted"})
  void goOnAsIfTheClientHadSentEverything(boolean stream, String display) throws IOException {
    String thinking =
        ",\"thinking\":{\"type\":\"enabled\",\"display\":\"%s\"},\"stream\":%s"
            .formatted(display, stream);
    String first = ask(QUESTION, FIXED + "," + CREATE + thinking);
    String result =
        "{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"%s\",\"content\":\"sunny\"}]}"
            .formatted(found(CALL, first));
    String second = ask(result, continued(first) + thinking);
    assertThat(stack.lastChat())
        .contains("Be brief.", "\"description\":\"Tells it.\"", "\"thinking\":\"I ask\"")
        .contains("Paris?", "Let me see.", "\"tool_name\":\"weather\"");

    ask("{\"role\":\"user\",\"content\":\"And Rome?\"}", continued(second) + thinking);

    String held = stack.lastChat();
    String signature = display.equals("omitted") ? "Y2Nwcm94eTpJIGFzaw==" : "Y2Nwcm94eQ==";
    String replayed =
        QUESTION
            + ",{\"role\":\"assistant\",\"content\":["
            + "{\"type\":\"thinking\",\"thinking\":\"%s\",\"signature\":\"%s\"},"
                .formatted(display.equals("omitted") ? "" : "I ask", signature)
            + "{\"type\":\"text\",\"text\":\"Let me see.\"},"
            + "{\"type\":\"tool_use\",\"id\":\"%s\",\"name\":\"weather\",\"input\":{\"city\":\"Paris\"}}]},"
                .formatted(found(CALL, first))
            + result
            + ",{\"role\":\"assistant\",\"content\":\"It is sunny.\"}"
            + ",{\"role\":\"user\",\"content\":\"And Rome?\"}";
    ask(replayed, FIXED + thinking);
    assertThat(held).isEqualTo(stack.lastChat());
  }

  @ParameterizedTest
  @ValueSource(strings = {"msg_unknown", "resp_unknown", ""})
  void thatNobodyKnowsAreSaidToBeUnknown(String id) throws IOException {
    RawClient.Reply reply =
        post(
            PATH,
            body(
                QUESTION,
                "\"thread\":{\"type\":\"continue\",\"previous_message_id\":\"%s\"}".formatted(id)));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body())
        .contains("\"type\":\"invalid_request_error\"")
        .contains("thread.previous_message_id: ")
        .contains("\"details\":{\"error_code\":\"thread_not_found\"}");
    assertThat(stack.chats()).isZero();
  }

  @Test
  void areForgottenBeyondTheBoundOfTheMemory() throws IOException {
    stack.close();
    stack = Stack.start(Recipe.of(1, Recipe.instant()).with("memory: {responses: 1}"));
    script();
    String first = ask(QUESTION, FIXED + "," + CREATE);
    String second = ask(QUESTION, FIXED + "," + CREATE);

    assertThat(post(PATH, body(QUESTION, continued(first))).body()).contains("thread_not_found");
    assertThat(post(PATH, body(QUESTION, continued(second))).status()).isEqualTo(200);
  }

  @Test
  void branchWhereAnAnswerIsContinuedTwice() throws IOException {
    String first = ask(QUESTION, FIXED + "," + CREATE);
    String rome = "{\"role\":\"user\",\"content\":\"And Rome?\"}";

    ask(rome, continued(first));
    String once = stack.lastChat();
    ask(rome, continued(first));

    assertThat(stack.lastChat()).isEqualTo(once);
  }

  @Test
  void keepTheirInstructionsAndTools() throws IOException {
    String first = ask(QUESTION, FIXED + "," + CREATE);

    assertThat(post(PATH, body(QUESTION, continued(first) + "," + FIXED)).status()).isEqualTo(200);
    RawClient.Reply other = post(PATH, body(QUESTION, continued(first) + ",\"system\":\"Other.\""));

    assertThat(other.status()).isEqualTo(400);
    assertThat(other.body())
        .contains("system: a thread keeps the one that it was created with")
        .contains("\"details\":{\"error_code\":\"thread_fingerprint_mismatch\"}");
  }

  @Test
  void areCountedWithAllThatIsHeld() throws IOException {
    String first = ask(QUESTION, FIXED + "," + CREATE);

    assertThat(tokens(body(QUESTION, continued(first)))).isGreaterThan(tokens(body(QUESTION, "")));
    assertThat(post(PATH + "/count_tokens", body(QUESTION, continued("\"id\":\"msg_no\""))).body())
        .contains("thread_not_found");
  }

  /** One memory, two families: an id of the one is none of the other. */
  @Test
  void areNoResponses() throws IOException {
    String id = found(ID, ask(QUESTION, FIXED + "," + CREATE));

    assertThat(stack.read("/v1/responses/" + id).status()).isEqualTo(404);
    String body = "{\"model\":\"m\",\"input\":\"x\",\"previous_response_id\":\"%s\"}".formatted(id);
    assertThat(post("/v1/responses", body).body()).contains("previous_response_not_found");
  }

  @Test
  void existOnlyWhereAClientAsksForThem() throws IOException {
    String alone = ask(QUESTION, FIXED);

    assertThat(post(PATH, body(QUESTION, continued(alone))).body()).contains("thread_not_found");
    assertThat(post(PATH, body(QUESTION, "\"thread\":null")).status()).isEqualTo(200);
    assertThat(post(PATH, body(QUESTION, "\"thread\":{\"type\":\"fork\"}")).body())
        .contains("thread.type: must be");
  }

  private int tokens(String body) throws IOException {
    return Integer.parseInt(post(PATH + "/count_tokens", body).body().replaceAll("\\D", ""));
  }

  private String ask(String messages, String members) throws IOException {
    RawClient.Reply reply = post(PATH, body(messages, members));
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return reply.body();
  }

  private RawClient.Reply post(String path, String body) throws IOException {
    try (RawClient client = stack.client().post(path, body)) {
      return client.reply();
    }
  }

  private static String body(String messages, String members) {
    return "{\"model\":\"m\",\"max_tokens\":99,\"messages\":[%s]%s}"
        .formatted(messages, members.isEmpty() ? "" : "," + members);
  }

  private static String continued(String answer) {
    return "\"thread\":{\"type\":\"continue\",\"previous_message_id\":\"%s\"}"
        .formatted(found(ID, answer));
  }

  private static String found(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return matcher.group(1);
  }
}
