package com.visiquate.ccproxy.dialect.anthropic;

import static com.visiquate.ccproxy.dialect.anthropic.Talk.messages;
import static com.visiquate.ccproxy.dialect.anthropic.Talk.user;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.FinishReason;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.dialect.Decoded;
import com.visiquate.ccproxy.dialect.Family;
import com.visiquate.ccproxy.dialect.TokenRatios;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the golden folders do not show: bounds, hints, refusals in words, and odd moments. */
final class MessagesTest {
  @Test
  void belongsToAnthropicsFamily() {
    assertThat(new Messages().family()).isEqualTo(Family.ANTHROPIC);
  }

  @Test
  void showsAReminderInItsTurnAlone() {
    String reminder =
        "{\"role\":\"system\",\"content\":\"Now.\",\"clear_at\":\"next_user_message\"}";
    String kept = "{\"role\":\"system\",\"content\":\"Always.\",\"clear_at\":\"never\"}";
    String empty = "{\"role\":\"system\",\"output_config\":{\"effort\":\"low\"}}";
    String said = "{\"role\":\"assistant\",\"content\":\"Yes\"}";

    Talk now = Talk.of(Talk.messages(Talk.user("a"), reminder, kept, empty));
    assertThat(now.request().messages())
        .containsExactly(new Message.User("a"), new Message.Instruction("Now.\n\nAlways."));
    assertThat(now.understood().dropped()).containsExactly("messages.output_config");
    assertThat(
            Talk.of(Talk.messages(Talk.user("a"), reminder, kept, said, Talk.user("b")))
                .request()
                .messages())
        .startsWith(new Message.User("a"), new Message.Instruction("Always."))
        .endsWith(new Message.User("b"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"max_tokens":1,"messages":[]} | model: Field required
          {"model":" ","max_tokens":1,"messages":[]} | model: must name a model
          {"model":"m","max_tokens":"1","messages":[]} | max_tokens: string (expected: a number)
          {"model":"m","max_tokens":1.5,"messages":[]} | max_tokens: number (expected: a whole number)
          {"model":"m","max_tokens":1} | messages: Field required
          {"model":"m","max_tokens":1,"messages":{}} | messages: object (expected: a list)
          {"model":"m","max_tokens":1,"messages":[{"content":"x"}]} | messages.0.role: Field required
          {"model":"m","max_tokens":1,"messages":[{"role":"user","content":""}]} | messages: at least one message is required
          {"model":"m","max_tokens":1,"messages":[{"role":"user","content":[{}]}]} | messages.0.content.0.type: Field required
          {"model":"m","max_tokens":1,"messages":[{"role":"user","content":7}]} | messages.0.content: number (expected: a list)
          {"model":"m","max_tokens":1,"messages":[{"role":"user","content":[{"type":"image","source":{"type":"file","file_id":"x"}}]}]} | messages.0.content.0.source: images cannot be fetched here; send the image itself as base64
          {"model":"m","max_tokens":1,"messages":[{"role":"user","content":[{"type":"image","source":{"type":"base64","data":"?"}}]}]} | messages.0.content.0.source.data: must be base64
          {"model":"m","max_tokens":1,"messages":[{"role":"user","content":[{"type":"document","source":{"type":"url","url":"x"}}]}]} | messages.0.content.0.source: documents cannot be fetched here; send their text in the request
          {"model":"m","max_tokens":1,"messages":[{"role":"assistant","content":[{"type":"tool_use","id":"x","input":{}}]}]} | messages.0.content.0.name: Field required
          {"model":"m","max_tokens":1,"messages":[{"role":"user","content":"x"}],"tools":[{"input_schema":{}}]} | tools.0.name: Field required
          {"model":"m","max_tokens":1,"messages":[{"role":"user","content":"x"}],"tool_choice":{"type":"any"}} | tool_choice: a tool must be called, but none of this request can be
          {"model":"m","max_tokens":1,"messages":[{"role":"user","content":"x"}],"tool_choice":{"type":"some"}} | tool_choice.type: must be "auto", "any", "tool" or "none"
          [] | The request body must be a JSON object.
          {"model": | The request body is not valid JSON (line 1, column 10).
          """)
  void refusesInAnthropicsWords(String body, String message) {
    Failure failure = Talk.refusal(body);

    assertThat(failure.kind()).isEqualTo(Failure.Kind.INVALID);
    assertThat(failure.message()).isEqualTo(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "{\\"device_id\\":\\"d\\",\\"account_uuid\\":\\"\\",\\"session_id\\":\\"s-1\\"}" | s-1
          "user_ab12_account_0_session_0b9c4a52-8a1e" | 0b9c4a52-8a1e
          "somebody" | somebody
          "{broken" | {broken
          """)
  void tellsClientsApartByTheirSession(String userId, String hint) {
    Talk talk = Talk.streamed("\"metadata\":{\"user_id\":%s}".formatted(userId));

    assertThat(talk.understood().client()).isEqualTo(hint);
  }

  @Test
  void knowsNoClientWithoutAHint() {
    assertThat(Talk.streamed("").understood().client()).isNull();
    assertThat(Talk.streamed("\"metadata\":{\"user_id\":7}").understood().client()).isNull();
  }

  @Test
  void namesWhatItDroppedAndNoMoreThanThirtyTwoThings() {
    String tools = "\"tools\":[{\"type\":\"web_search_20250305\",\"name\":\"web_search\"}]";
    String more =
        String.join(
            ",", Stream.iterate(0, i -> i + 1).limit(99).map("\"f%d\":1"::formatted).toList());

    assertThat(Talk.streamed(tools + "," + more).understood().dropped())
        .hasSize(32)
        .contains("tools.web_search_20250305", "f0");
  }

  @Test
  void keepsToolArgumentsAsTheyCame() {
    String call =
        "{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"toolu_call_1\","
            + "\"name\":\"f\",\"input\":%s}]}";

    assertThat(arguments(call.formatted("{\"b\" : 1.0, \"a\":12345678901234567890}")))
        .isEqualTo("{\"b\":1.0,\"a\":12345678901234567890}");
    assertThat(arguments(call.formatted("\"{\\\"a\\\":1}\""))).isEqualTo("{\"a\":1}");
    assertThat(arguments(call.formatted("\"a\""))).isEqualTo("{\"input\":\"a\"}");
    assertThat(arguments(call.formatted("null"))).isEqualTo("{}");
  }

  @Test
  void countsWithTheCalibrationThatItIsGiven() {
    Messages dense = new Messages(model -> new TokenRatios(1, 1, 0, 0));
    var understood = (Decoded.Understood) dense.decode(Talk.body("").getBytes(UTF_8));

    assertThat(((MessagesForm) understood.form()).inputTokens()).isEqualTo(2);
  }

  @Test
  void saysNothingAfterTheEnd() {
    Talk ended = Talk.streamed("").says("a");
    ended.ends();
    assertThat(ended.says("b").beats().breaks(Failure.Kind.INTERNAL)).isEmpty();

    Talk broken = Talk.streamed("").says("a");
    broken.breaks(Failure.Kind.BACKEND_LOST);
    assertThat(broken.says("b").beats().ends()).isEmpty();
  }

  @Test
  void writesAWholeAnswerOnlyWhenItIsComplete() {
    Talk talk = Talk.of(Talk.body("")).beats().thinks("Hm").says("a").beats();
    assertThat(talk.soFar()).isBlank();

    assertThat(talk.ends(FinishReason.LENGTH)).contains("\"stop_reason\":\"max_tokens\"");
  }

  @ParameterizedTest
  @CsvSource({
    "INVALID, invalid_request_error",
    "PROMPT_TOO_LONG, invalid_request_error",
    "UNKNOWN_MODEL, not_found_error",
    "QUEUE_FULL, rate_limit_error",
    "QUEUE_TIMEOUT, rate_limit_error",
    "NO_BACKEND, overloaded_error",
    "SHUTTING_DOWN, overloaded_error",
    "BACKEND_TIMEOUT, timeout_error",
    "BACKEND_ERROR, api_error",
    "BACKEND_LOST, api_error",
    "CLIENT_GONE, api_error",
    "CANCELLED, invalid_request_error",
    "INTERNAL, api_error"
  })
  void givesEveryFailureItsType(Failure.Kind kind, String type) {
    byte[] error = new Messages().error(Failure.of(kind, "Words."), "abc");

    assertThat(new String(error, UTF_8))
        .startsWith("{\"type\":\"error\",\"error\":{\"type\":\"%s\",\"message\":\"".formatted(type))
        .endsWith("Words.\"},\"request_id\":\"req_abc\"}");
  }

  private static String arguments(String assistant) {
    Message second = Talk.of(messages(user("a"), assistant)).request().messages().get(1);
    return ((Message.Assistant) second).calls().getFirst().arguments().text();
  }
}
