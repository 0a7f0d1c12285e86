package com.visiquate.ccproxy.dialect.responses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.FinishReason;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.chat.RawJson;
import com.visiquate.ccproxy.chat.ResponseId;
import com.visiquate.ccproxy.chat.StoredResponse;
import com.visiquate.ccproxy.chat.ToolCall;
import com.visiquate.ccproxy.dialect.Decoded;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Conversations that go on by the id of a response or of an item. */
final class ContinuedResponseTest {
  private final Map<ResponseId, StoredResponse> stored = new HashMap<>();

  @Test
  void knowsWhatWasSaidBefore() {
    remember(Talk.of(Talk.body(""), "1", stored::get).thinks("Hm").says("Hello"));

    Talk next = continued("2", "resp_1", "\"input\":\"And?\"");

    assertThat(next.request().messages())
        .containsExactly(
            new Message.User("Hi"),
            new Message.Assistant("Hello", "Hm", List.of()),
            new Message.User("And?"));
  }

  @Test
  void goesOnOverManyTurnsAlthoughTheFirstIsForgotten() {
    remember(Talk.of(Talk.body(""), "1", stored::get).says("A"));
    remember(continued("2", "resp_1", "\"input\":\"B\"").says("C"));
    stored.remove(new ResponseId("resp_1"));

    Talk third = continued("3", "resp_2", "\"input\":\"D\"");

    assertThat(third.request().messages()).hasSize(5).last().isEqualTo(new Message.User("D"));
  }

  @Test
  void sharesTheItemsOfTheTurnsBefore() {
    remember(Talk.of(Talk.body(""), "1", stored::get).says("A"));
    remember(continued("2", "resp_1", "\"input\":\"B\"").says("C"));

    RawJson first = stored("resp_1").input().getFirst();
    assertThat(stored("resp_2").input().getFirst()).isSameAs(first);
  }

  @Test
  void takesTheResultOfACallThatItRemembers() {
    remember(Talk.of(Talk.body(""), "1", stored::get).calls("call_1", "f", "{\"a\":1}"));

    Talk next =
        continued(
            "2",
            "resp_1",
            "\"input\":[{\"type\":\"function_call_output\",\"call_id\":\"call_1\",\"output\":\"x\"}]");

    ToolCall call = new ToolCall("call_1", "f", new RawJson("{\"a\":1}"));
    assertThat(next.request().messages())
        .containsExactly(
            new Message.User("Hi"),
            new Message.Assistant("", "", List.of(call)),
            new Message.ToolResult("call_1", "f", "x", List.of()));
  }

  @Test
  void leavesTheInstructionsOfEarlierTurnsBehind() {
    remember(Talk.of(Talk.body("\"instructions\":\"old\""), "1", stored::get).says("A"));

    Talk next = continued("2", "resp_1", "\"input\":\"B\",\"instructions\":\"new\"");

    assertThat(next.request().messages())
        .filteredOn(Message.Instruction.class::isInstance)
        .containsExactly(new Message.Instruction("new"));
  }

  @Test
  void findsTheItemThatIsReferredTo() {
    remember(Talk.of(Talk.body(""), "1", stored::get).thinks("Hm").says("A"));

    Talk next = Talk.of(reference("msg_1_1"), "2", stored::get);

    assertThat(next.request().messages())
        .containsExactly(new Message.Assistant("A", "", List.of()), new Message.User("B"));
  }

  @Test
  void rememberedReferencesAreTheItemsThemselves() {
    remember(Talk.of(Talk.body(""), "1", stored::get).says("A"));
    remember(Talk.of(reference("msg_1_0"), "2", stored::get).says("C"));
    stored.remove(new ResponseId("resp_1"));

    assertThat(continued("3", "resp_2", "\"input\":[]").request().messages()).hasSize(3);
  }

  @Test
  void saysWhichResponsesItWillAskFor() {
    byte[] previous = Talk.body("\"previous_response_id\":\"resp_7\"").getBytes(UTF_8);

    assertThat(Responses.recalled(previous)).containsExactly(new ResponseId("resp_7"));
    assertThat(Responses.recalled(reference("msg_9_0").getBytes(UTF_8)))
        .containsExactly(new ResponseId("resp_9"));
    assertThat(Responses.recalled(reference("msg_9_i3").getBytes(UTF_8)))
        .containsExactly(new ResponseId("resp_9"));
    assertThat(Responses.recalled(Talk.body("").getBytes(UTF_8))).isEmpty();
    assertThat(Responses.recalled("{\"previous_response_id\"".getBytes(UTF_8))).isEmpty();
    assertThat(Responses.recalled(Talk.body("\"previous_response_id\":7").getBytes(UTF_8)))
        .isEmpty();
  }

  @Test
  void storesNothingWhereTheClientWantsNone() {
    Talk talk = Talk.streamed("\"store\":false").says("A");
    talk.ends();

    assertThat(talk.answer().stored()).isEmpty();
  }

  @Test
  void storesNothingBeforeTheEndNorAfterAFailure() {
    Talk talk = Talk.streamed().says("A");
    assertThat(talk.answer().stored()).isEmpty();

    talk.breaks(Failure.Kind.BACKEND_LOST);

    assertThat(talk.answer().stored()).isEmpty();
  }

  @Test
  void storesAnAnswerThatTheTokenLimitCut() {
    Talk talk = Talk.of(Talk.body(""));
    talk.says("A").ends(FinishReason.LENGTH);

    assertThat(talk.answer().stored()).isPresent();
  }

  @Test
  void understandsItsOwnAnswersOfEveryKind() {
    String tools =
        """
        "tools":[{"type":"custom","name":"c"},{"type":"local_shell"},{"type":"shell"},\
        {"type":"apply_patch"},{"type":"namespace","name":"n","tools":[{"name":"f"}]}]\
        """;
    List<ToolCall> calls =
        List.of(
            new ToolCall("1", "c", new RawJson("{\"input\":\"x\"}")),
            new ToolCall("2", "local_shell", new RawJson("{\"command\":[\"ls\"]}")),
            new ToolCall("3", "shell", new RawJson("{\"commands\":[\"ls\"]}")),
            new ToolCall(
                "4",
                "apply_patch",
                new RawJson("{\"operation\":{\"type\":\"delete_file\",\"path\":\"a\"}}")),
            new ToolCall("5", "n__f", new RawJson("{\"a\":1.0}")));
    Talk talk = Talk.of(Talk.body(tools), "1", stored::get);
    calls.forEach(call -> talk.event(new ChatEvent.Call(call)));
    remember(talk);

    assertThat(continued("2", "resp_1", "\"input\":\"B\"").request().messages())
        .contains(new Message.Assistant("", "", calls));
  }

  @Test
  void refusesAReferenceThatIsNotFromHere() {
    byte[] body = reference("msg_68af4030baa48193b0b43b4c2a176a1a").getBytes(UTF_8);

    Decoded.Misunderstood not = (Decoded.Misunderstood) new Responses(stored::get).decode(body);

    assertThat(not.failure().code()).isEqualTo("item_not_found");
    assertThat(not.failure().param()).isEqualTo("input[0]");
  }

  private void remember(Talk talk) {
    talk.ends();
    StoredResponse response = talk.answer().stored().orElseThrow();
    stored.put(response.id(), response);
  }

  private StoredResponse stored(String id) {
    return Objects.requireNonNull(stored.get(new ResponseId(id)));
  }

  private Talk continued(String exchange, String previous, String members) {
    String body = "{\"model\":\"coder\",\"previous_response_id\":\"%s\",%s}";
    return Talk.of(body.formatted(previous, members), exchange, stored::get);
  }

  private static String reference(String item) {
    return """
    {"model":"coder","input":[{"type":"item_reference","id":"%s"},{"role":"user","content":"B"}]}\
    """
        .formatted(item);
  }
}
