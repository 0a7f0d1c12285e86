package com.visiquate.ccproxy.ollama;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.FinishReason;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.chat.OutputFormat;
import com.visiquate.ccproxy.chat.RawJson;
import com.visiquate.ccproxy.chat.Reasoning;
import com.visiquate.ccproxy.chat.Sampling;
import com.visiquate.ccproxy.chat.Tool;
import com.visiquate.ccproxy.chat.ToolCall;
import com.visiquate.ccproxy.chat.ToolChoice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReplyReaderTest {
  private static final ChatRequest PLAIN = ChatRequest.of("m", List.of(new Message.User("hi")));
  private static final String DONE =
      """
      {"message":{"role":"assistant","content":""},"done":true,"done_reason":"stop",\
      "load_duration":1,"prompt_eval_count":2,"prompt_eval_duration":3,"eval_count":4,"eval_duration":5}
      """;

  @Test
  void readsOneEventForEachPieceInAnyCutting() {
    String reply = text("naïve ") + text("日本🚀") + "\r\n" + DONE;
    List<ChatEvent> expected =
        List.of(
            new ChatEvent.Text("naïve "),
            new ChatEvent.Text("日本🚀"),
            new ChatEvent.Finished(FinishReason.STOP, new Counts(2, 0, 4, 1, 3, 5)));
    for (int size = 1; size < 60; size++) {
      assertThat(events(new ReplyReader(PLAIN), reply, size)).isEqualTo(expected);
    }
  }

  /** As recorded when the client before had left during its prompt. */
  @Test
  void countsTheTimeForWhichItWaitedInsideOllama() {
    String reply =
        """
        {"message":{"role":"assistant","content":""},"done":true,"done_reason":"stop",\
        "total_duration":85148102707,"load_duration":5985239,"prompt_eval_count":28,\
        "prompt_eval_duration":274044588,"eval_count":40,"eval_duration":726673355}
        """;

    assertThat(events(new ReplyReader(PLAIN), reply, 1000))
        .extracting(event -> ((ChatEvent.Finished) event).counts().waitNanos())
        .containsExactly(84_141_399_525L);
  }

  @Test
  void readsALastLineWithoutItsEnd() {
    ReplyReader reader = new ReplyReader(PLAIN);

    List<ChatEvent> events = events(reader, DONE.strip(), 7);

    assertThat(events).hasSize(1);
    assertThat(reader.end()).isEqualTo(new ReplyReader.End.Proper());
  }

  @Test
  void losesNothingThatStandsOnTheLastLine() {
    String reply =
        """
        {"message":{"content":"a","thinking":"b","tool_calls":[{"id":"x","function":\
        {"index":0,"name":"f","arguments":{"n":9007199254740993,"f":1.0,"e":1e5,"s":"\\u003c"}}}]},\
        "done":true,"done_reason":"length"}
        """;

    assertThat(events(new ReplyReader(PLAIN), reply, 1000))
        .containsExactly(
            new ChatEvent.Thinking("b"),
            new ChatEvent.Text("a"),
            new ChatEvent.Call(
                new ToolCall(
                    "x",
                    "f",
                    new RawJson("{\"n\":9007199254740993,\"f\":1.0,\"e\":1e5,\"s\":\"<\"}"))),
            new ChatEvent.Finished(FinishReason.LENGTH, Counts.NONE));
  }

  @Test
  void anEndWithoutADoneLineIsALoss() {
    ReplyReader reader = new ReplyReader(PLAIN);
    events(reader, text("a") + "{\"mess", 100);

    assertThat(broken(reader).kind()).isEqualTo(Failure.Kind.BACKEND_LOST);
  }

  @Test
  void anErrorLineIsAFailureWhoseWordsStayInTheLog() {
    ReplyReader reader = new ReplyReader(PLAIN);

    events(reader, text("a") + "{\"error\":\"runner at 127.0.0.1:1 died\"}\n", 100);

    assertThat(broken(reader).kind()).isEqualTo(Failure.Kind.BACKEND_ERROR);
    assertThat(broken(reader).message()).doesNotContain("127");
    assertThat(broken(reader).detail()).contains("127");
  }

  @Test
  void whatIsNotJsonIsAFailure() {
    for (String reply : List.of("<html>\n", "{\"a\":\n1}\n", "{\"a\" 1}\n", "{\"a\":1]}\n")) {
      ReplyReader reader = new ReplyReader(PLAIN);
      events(reader, reply + DONE, 100);
      assertThat(reader.failure()).describedAs(reply).isNotNull();
    }
  }

  @Test
  void aLineLongerThanEightMebibytesIsAFailure() {
    ReplyReader reader = new ReplyReader(PLAIN);

    reader.read(text("a".repeat(9 << 20)).getBytes(UTF_8));

    assertThat(reader.failure()).isNotNull();
  }

  @Test
  void missingAndRepeatedIdsOfCallsBecomeUnique() {
    ChatRequest later =
        ChatRequest.of(
            "m",
            List.of(
                new Message.Assistant(
                    "", "", List.of(new ToolCall("a", "f", RawJson.EMPTY_OBJECT)))));
    String reply = call("a", "f") + call("b", "f") + call("b", "f") + call("", "f") + DONE;

    List<String> ids = calls(events(new ReplyReader(later), reply, 50));

    assertThat(ids).doesNotHaveDuplicates().doesNotContain("a", "").contains("b").hasSize(4);
    assertThat(calls(events(new ReplyReader(later), reply, 9))).isEqualTo(ids);
  }

  @Test
  void keepsOnlyTheFirstCallWhereParallelCallsAreOff() {
    ChatRequest one = request(ToolChoice.AUTO, false);

    assertThat(calls(events(new ReplyReader(one), call("a", "f") + call("b", "g") + DONE, 99)))
        .containsExactly("a");
  }

  @Test
  void aForcedCallSpokenAsJsonBecomesACall() {
    ChatRequest forced = request(ToolChoice.REQUIRED, true);
    String reply =
        text("{\\\"name\\\": \\\"f\\\", \\\"argu") + text("ments\\\":{\\\"x\\\": 1}}") + DONE;

    List<ChatEvent> events = events(new ReplyReader(forced), reply, 20);

    assertThat(events).hasSize(2);
    assertThat(events.getFirst()).isInstanceOf(ChatEvent.Call.class);
    assertThat(((ChatEvent.Call) events.getFirst()).call().arguments().text())
        .isEqualTo("{\"x\":1}");
  }

  @Test
  void aForcedCallThatIsNoneStaysText() {
    ChatRequest forced = request(ToolChoice.REQUIRED, true);

    assertThat(events(new ReplyReader(forced), text("{\\\"name") + text("x") + DONE, 20))
        .startsWith(new ChatEvent.Text("{\"name"), new ChatEvent.Text("x"))
        .hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\\\"name\\\":\\\"fg\\\",",
        "{\\\"name\\\": 1",
        "  {\\\"nam_\\\"",
        "[",
        "{}",
        "{\\\"name\\\":\\\"f\\\",\\\"size\\\":"
      })
  void anAnswerInASchemaPassesAsSoonAsItCannotBeACall(String beginning) {
    ReplyReader reader = new ReplyReader(inJson());

    assertThat(reader.read(text(beginning).getBytes(UTF_8))).hasSize(1);
    assertThat(reader.read(text("{\\\"name\\\":").getBytes(UTF_8))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\\\"name\\\":\\\"f\\\",\\\"arguments\\\":{},\\\"more\\\":1}",
        "{\\\"name\\\":\\\"f\\\",\\\"arguments\\\":[1]}",
        "{\\\"name\\\":\\\"f\\\",\\\"arguments\\\":{\\\"cut"
      })
  void whatOnlyBeginsLikeACallIsTextInTheEnd(String answer) {
    assertThat(events(new ReplyReader(inJson()), text(answer) + DONE, 9))
        .first()
        .isInstanceOf(ChatEvent.Text.class);
  }

  @Test
  void aCallBesideASchemaMayHaveAnySpaces() {
    String reply =
        text("\\n {\\n \\\"name\\\" : \\\"g\\\"") + text(", \\\"arguments\\\" :\\t{}}\\n") + DONE;

    assertThat(events(new ReplyReader(inJson()), reply, 7))
        .hasSize(2)
        .first()
        .isInstanceOf(ChatEvent.Call.class);
  }

  private static ChatRequest inJson() {
    ChatRequest auto = request(ToolChoice.AUTO, true);
    return new ChatRequest(
        "m",
        auto.messages(),
        auto.tools(),
        ToolChoice.AUTO,
        true,
        Sampling.DEFAULT,
        OutputFormat.JSON,
        Reasoning.UNSET,
        null);
  }

  private static ChatRequest request(ToolChoice choice, boolean parallel) {
    return new ChatRequest(
        "m",
        List.of(new Message.User("hi")),
        List.of(new Tool("f", "", RawJson.EMPTY_OBJECT), new Tool("g", "", RawJson.EMPTY_OBJECT)),
        choice,
        parallel,
        Sampling.DEFAULT,
        OutputFormat.TEXT,
        Reasoning.UNSET,
        null);
  }

  private static List<String> calls(List<ChatEvent> events) {
    return events.stream()
        .filter(ChatEvent.Call.class::isInstance)
        .map(event -> ((ChatEvent.Call) event).call().id())
        .toList();
  }

  private static String text(String escaped) {
    return "{\"message\":{\"role\":\"assistant\",\"content\":\""
        + escaped
        + "\"},\"done\":false}\n";
  }

  private static String call(String id, String name) {
    return """
    {"message":{"content":"","tool_calls":[{"id":"%s","function":{"name":"%s","arguments":{}}}]}}
    """
        .formatted(id, name);
  }

  private static Failure broken(ReplyReader reader) {
    return ((ReplyReader.End.Broken) reader.end()).failure();
  }

  private static List<ChatEvent> events(ReplyReader reader, String reply, int size) {
    byte[] bytes = reply.getBytes(UTF_8);
    List<ChatEvent> events = new ArrayList<>();
    for (int at = 0; at < bytes.length; at += size) {
      events.addAll(reader.read(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size))));
    }
    return events;
  }
}
