package com.visiquate.ccproxy.dialect.responses;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.FinishReason;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.chat.Tool;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What other gateways got wrong; the projects' issues stand beside each lesson. */
final class ResponsesTrapsTest {
  private static final Pattern CODEX_WAIT =
      Pattern.compile("(?i)try again in\\s*(\\d+(?:\\.\\d+)?)\\s*(s|ms|seconds?)");

  /** litellm#29254, ollama#14600, codex#41340: "stream closed before response.completed". */
  @Test
  void endsEveryStreamInATerminalEvent() {
    assertThat(terminal(Talk.streamed().ends())).isEqualTo("response.completed");
    assertThat(terminal(Talk.streamed().ends(FinishReason.LENGTH)))
        .isEqualTo("response.incomplete");
    assertThat(terminal(Talk.streamed().breaks(Failure.Kind.BACKEND_LOST)))
        .isEqualTo("response.failed");
    assertThat(terminal(Talk.streamed().says("half").breaks(Failure.Kind.INTERNAL)))
        .isEqualTo("response.failed");
  }

  /** Codex and the helpers of the SDKs throw when anything else comes first. */
  @Test
  void beginsWithCreatedWhateverComesFirst() {
    assertThat(Talk.streamed().beats().soFar()).startsWith("event: response.created\n");
    assertThat(Talk.streamed().says("x").soFar()).startsWith("event: response.created\n");
    assertThat(Talk.streamed().breaks(Failure.Kind.INTERNAL))
        .startsWith("event: response.created\n");
  }

  /** Codex counts events and not bytes; openai-python#2722: a comment alone kills parsers. */
  @Test
  void showsLifeByEventsAndNotByComments() {
    Talk talk = Talk.streamed().beats().beats().beats();
    String stream = talk.soFar();
    assertThat(ResponsesStreamGrammar.checkBeginning(stream).types())
        .containsExactly(
            "response.created",
            "response.in_progress",
            "response.in_progress",
            "response.in_progress");
    assertThat(stream.lines()).noneMatch(line -> line.startsWith(":") || line.startsWith("id:"));
    ResponsesStreamGrammar.check(stream + talk.says("x").beats().says("y").ends());
  }

  /** Codex waits for five minutes at most between two events, also while a long call is written. */
  @Test
  void showsLifeInTheMiddleOfAnItemWithoutChangingIt() {
    Talk talk = Talk.streamed().thinks("Hm").beats().says("A").beats().beats().says("B").beats();

    ResponsesStreamGrammar heard = ResponsesStreamGrammar.check(talk.ends());

    assertThat(heard.text()).isEqualTo("AB");
    assertThat(heard.thinking()).isEqualTo("Hm");
    assertThat(heard.types()).filteredOn("response.in_progress"::equals).hasSize(1);
  }

  /** Between two calls nothing is open; what is shown then must not take the first one back. */
  @Test
  void showsLifeBetweenItemsWithAllThatIsDone() {
    Talk talk = Talk.streamed().calls("call_1", "f", "{}").beats();

    assertThat(ResponsesStreamGrammar.checkBeginning(talk.soFar()).response().get("output"))
        .hasSize(1);
  }

  /** codex-rs reads the wait from the message of a failed response; a 429 would be fatal. */
  @Test
  void tellsCodexHowLongToWaitWhenTheQueueTookTooLong() {
    Failure late = Failure.of(Failure.Kind.QUEUE_TIMEOUT, "The request waited too long.");
    String stream = Talk.streamed().beats().breaks(late.retryingAfter(Duration.ofSeconds(17)));

    assertThat(error(stream, "code")).isEqualTo("rate_limit_exceeded");
    Matcher wait = CODEX_WAIT.matcher(error(stream, "message"));
    assertThat(wait.find()).isTrue();
    assertThat(wait.group(1)).isEqualTo("17");
  }

  @Test
  void neverTellsCodexToTryAgainAtOnce() {
    Failure full = Failure.of(Failure.Kind.QUEUE_FULL, "Full.").retryingAfter(Duration.ZERO);

    assertThat(error(Talk.streamed().breaks(full), "message")).contains("try again in 1s");
  }

  /** These codes end a turn of Codex for good. */
  @Test
  void neverUsesACodeThatMakesCodexGiveUpAlthoughARetryHelps() {
    for (Failure.Kind kind : Failure.Kind.values()) {
      String code = error(Talk.streamed().breaks(kind), "code");
      if (kind == Failure.Kind.BUDGET_SPENT) {
        // No retry helps before its period ends.
        assertThat(code).isEqualTo("insufficient_quota");
        continue;
      }
      assertThat(code)
          .isNotIn("server_is_overloaded", "slow_down", "insufficient_quota", "usage_not_included");
    }
  }

  /** Codex then shortens the conversation. ollama#8099: a prompt must not be cut silently. */
  @Test
  void saysThatThePromptIsTooLong() {
    String stream = Talk.streamed("\"truncation\":\"auto\"").breaks(Failure.tooLong(40, 30));

    assertThat(error(stream, "code")).isEqualTo("context_length_exceeded");
    assertThat(Talk.streamed("\"truncation\":\"auto\"").understood().dropped())
        .contains("truncation");
  }

  /** codex#10635, lmstudio-bug-tracker#1812, unsloth#5141: "'type' of tool must be 'function'". */
  @Test
  void refusesNoToolForItsType() {
    String types =
        """
        "tools":[{"type":"web_search"},{"type":"mcp","server_label":"x"},{"type":"custom","name":"a"},\
        {"type":"local_shell"},{"type":"of_tomorrow"},{"name":"b"},{"type":"function","name":"c"}]\
        """;
    Talk talk = Talk.streamed(types);

    assertThat(talk.request().tools())
        .extracting(Tool::name)
        .containsExactly("a", "local_shell", "b", "c");
    assertThat(talk.understood().dropped())
        .containsExactly("tools[0].web_search", "tools[1].mcp", "tools[4].of_tomorrow");
  }

  /** ollama#17921, #8421: tool_choice was ignored. */
  @Test
  void enforcesTheChoiceOfATool() {
    String tools = "\"tools\":[{\"name\":\"a\"},{\"name\":\"b\"}],\"tool_choice\":";

    assertThat(Talk.streamed(tools + "\"none\"").request().offeredTools()).isEmpty();
    assertThat(Talk.streamed(tools + "\"required\"").request().mustCall()).isTrue();
    ChatRequest named = Talk.streamed(tools + "{\"type\":\"function\",\"name\":\"b\"}").request();
    assertThat(named.mustCall()).isTrue();
    assertThat(named.offeredTools()).extracting(Tool::name).containsExactly("b");
  }

  /** litellm#35663, #37792, #20585: same index, other ids in each chunk, arguments as an object. */
  @Test
  void givesEveryCallItsPlaceItsIdAndItsArgumentsAsText() {
    Talk talk = Talk.streamed().calls("call_1", "f", "{\"a\":1}").calls("call_2", "f", "{}");

    ResponsesStreamGrammar heard = ResponsesStreamGrammar.check(talk.ends());

    assertThat(heard.items())
        .extracting(item -> item.get("call_id").textValue())
        .containsExactly("call_1", "call_2");
    assertThat(heard.items().getFirst().get("arguments").textValue()).isEqualTo("{\"a\":1}");
  }

  /** litellm#33224, #32357: thinking inside of text. */
  @Test
  void neverMixesThinkingAndText() {
    Talk talk = Talk.streamed().says("A").thinks("B").says("C").thinks("D");

    assertThat(ResponsesStreamGrammar.check(talk.ends()).items())
        .extracting(item -> item.get("type").textValue())
        .containsExactly("message", "reasoning", "message", "reasoning");
  }

  /** ollama#17774, claude-code#77698: instructions stay where they stand. */
  @Test
  void leavesInstructionsInTheirPlace() {
    ChatRequest request =
        Talk.request(
            "{\"role\":\"user\",\"content\":\"A\"}", "{\"role\":\"system\",\"content\":\"B\"}");

    assertThat(request.messages())
        .containsExactly(new Message.User("A"), new Message.Instruction("B"));
  }

  /** CLIProxyAPI#2172, qwen-code#6893: thinking that another provider sealed. */
  @Test
  void ignoresThinkingThatItCannotRead() {
    ChatRequest request =
        Talk.request(
            "{\"role\":\"user\",\"content\":\"A\"}",
            "{\"type\":\"reasoning\",\"summary\":[],\"encrypted_content\":\"gAAAA_not/ours\"}",
            "{\"role\":\"assistant\",\"content\":\"B\"}",
            "{\"role\":\"user\",\"content\":\"C\"}");

    assertThat(request.messages().get(1)).isEqualTo(assistant("B", ""));
  }

  /** opencode#1880, pydantic-ai#2844: ids must be texts, also where a client sends none. */
  @Test
  void answersAResultWhoseCallIsUnknown() {
    ChatRequest request =
        Talk.request("{\"type\":\"function_call_output\",\"call_id\":\"call_9\",\"output\":\"x\"}");

    assertThat(request.messages())
        .containsExactly(new Message.ToolResult("call_9", "", "x", List.of()));
  }

  /** olla#76: every event goes out complete as soon as it happens. */
  @Test
  void writesWholeEventsAtOnce() {
    assertThat(Talk.streamed().says("a").soFar()).endsWith("}\n\n");
    assertThat(Talk.streamed().thinks("a").soFar()).contains("\"delta\":\"a\"").endsWith("}\n\n");
  }

  /** "usage": null in the last event breaks the AI SDK. */
  @Test
  void alwaysTellsTheUsageAtTheEnd() {
    assertThat(ResponsesStreamGrammar.check(Talk.streamed().ends()).response().get("usage"))
        .isNotEmpty();
    assertThat(Talk.of(Talk.body("")).ends()).contains("\"input_tokens\":30");
  }

  /** Ollama drops previous_response_id silently: the worst of all answers. */
  @Test
  void refusesToContinueWhatNobodyRemembers() {
    Failure failure = Talk.refusal(Talk.body("\"previous_response_id\":\"resp_x\""));

    assertThat(failure.code()).isEqualTo("previous_response_not_found");
    assertThat(failure.param()).isEqualTo("previous_response_id");
    assertThat(failure.message()).isEqualTo("Previous response with id 'resp_x' not found.");
  }

  static Message.Assistant assistant(String text, String thinking) {
    return new Message.Assistant(text, thinking, List.of());
  }

  private static String terminal(String stream) {
    return ResponsesStreamGrammar.check(stream).types().getLast();
  }

  private static String error(String stream, String member) {
    return ResponsesStreamGrammar.check(stream).response().get("error").get(member).textValue();
  }
}
