package com.visiquate.ccproxy.dialect.anthropic;

import static com.visiquate.ccproxy.dialect.anthropic.Talk.messages;
import static com.visiquate.ccproxy.dialect.anthropic.Talk.user;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.FinishReason;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.chat.Reasoning;
import com.visiquate.ccproxy.chat.Tool;
import com.visiquate.ccproxy.dialect.Calibration;
import com.visiquate.ccproxy.dialect.Decoded;
import com.visiquate.ccproxy.dialect.TokenCounter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What went wrong elsewhere: one test for each lesson that concerns Messages, with its thread. */
final class MessagesTrapsTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/anthropic");

  /** BerriAI/litellm#13373. */
  @Test
  void aBlockStartsBeforeItsFirstDeltaAndIndicesHaveNoGaps() {
    String stream =
        Talk.streamed("").thinks("a").says("b").thinks("c").calls("call_1", "f", "{}").ends();

    MessagesStreamGrammar told = MessagesStreamGrammar.complete(stream);
    assertThat(told.blocks)
        .extracting(MessagesStreamGrammar.Block::type)
        .containsExactly("thinking", "text", "thinking", "tool_use");
  }

  /** BerriAI/litellm#25321. */
  @Test
  void theDeltaThatChangesTheBlockIsNotLost() {
    String stream = Talk.streamed("").says("Look").calls("call_1", "f", "{\"a\":1}").ends();

    assertThat(MessagesStreamGrammar.complete(stream).blocks.get(1).input())
        .hasToString("{\"a\":1}");
  }

  /** BerriAI/litellm#33224, #32357. */
  @Test
  void messageStartComesOnceAndDeltasFitTheirBlocks() {
    Talk talk = Talk.streamed("").says("a").beats().thinks("b").beats().says("c");

    MessagesStreamGrammar told = MessagesStreamGrammar.complete(talk.ends());
    assertThat(told.names).containsOnlyOnce("message_start", "message_delta", "message_stop");
  }

  /** BerriAI/litellm#24176. */
  @Test
  void allFourCountersAreAlwaysThereAndCachedTokensAreNoInput() {
    MessagesStreamGrammar told = MessagesStreamGrammar.complete(Talk.streamed("").says("a").ends());

    assertThat(told.usage)
        .hasToString(
            "{\"input_tokens\":20,\"cache_creation_input_tokens\":0,"
                + "\"cache_read_input_tokens\":10,\"output_tokens\":5}");
  }

  /** BerriAI/litellm#29491. */
  @Test
  void theAccumulatedArgumentsParse() {
    String arguments = "{\"path\":\"C:\\\\x \\\"y\\\"\",\"text\":\"ä\\n🌍\"}";

    String stream = Talk.streamed("").calls("call_1", "f", arguments).ends();

    assertThat(MessagesStreamGrammar.complete(stream).blocks.getFirst().text())
        .isEqualTo(arguments);
  }

  /** BerriAI/litellm#35663, #37792. */
  @Test
  void aCallMakesTheStopReasonToolUseWhateverOllamaSays() {
    for (FinishReason reason : FinishReason.values()) {
      String stream = Talk.streamed("").calls("call_1", "f", "{}").ends(reason);

      assertThat(MessagesStreamGrammar.complete(stream).stopReason).isEqualTo("tool_use");
    }
  }

  /** BerriAI/litellm#13252. */
  @Test
  void tokensAreCountedWithoutAnyServer() {
    byte[] body = "{\"model\":\"coder\",\"messages\":[%s]}".formatted(user("Hi")).getBytes(UTF_8);

    assertThat(new TokenCount(Calibration.DEFAULT).count(body))
        .isInstanceOf(TokenCounter.Counted.Tokens.class);
  }

  /** BerriAI/litellm#26240, anthropics/claude-code#21612, #31033, decolua/9router#1468. */
  @Test
  void unknownFieldsAndBetasAreIgnored() {
    String members =
        """
        "context_management":{"edits":[{"type":"clear_thinking_20251015","keep":"all"}]},
        "tomorrow":{"a":[1]},
        "tools":[{"name":"f","input_schema":{"type":"object"},"defer_loading":true,"strict":true,
                  "eager_input_streaming":true,"input_examples":[{}],"allowed_callers":["direct"]}]
        """;

    Decoded.Understood understood = Talk.of(Talk.body(members)).understood();

    assertThat(understood.request().tools()).extracting(Tool::name).containsExactly("f");
    assertThat(understood.dropped()).containsExactly("tomorrow");
  }

  /** ollama/ollama#17774, anthropics/claude-code#77698, jwadow/kiro-gateway#197. */
  @Test
  void systemMessagesStayWhereTheyStand() {
    String system = "{\"role\":\"system\",\"content\":\"Be quick.\"}";

    assertThat(Talk.of(messages(user("a"), system, user("b"))).request().messages())
        .containsExactly(
            new Message.User("a"), new Message.Instruction("Be quick."), new Message.User("b"));
  }

  /** vllm-project/vllm#36829, sgl-project/sglang#21064, anthropics/claude-code#68900. */
  @Test
  void theBillingHeaderNeverReachesTheModel() {
    String system = "\"system\":[{\"type\":\"text\",\"text\":\"%s\"},%s]";
    String rest = "{\"type\":\"text\",\"text\":\"You code.\"}";
    String billing = "x-anthropic-billing-header: cc_version=2.1.257.%s; cch=%s;";

    Talk one = Talk.streamed(system.formatted(billing.formatted("a1b", "00000"), rest));
    Talk other = Talk.streamed(system.formatted(billing.formatted("ff0", "c4f3e"), rest));

    assertThat(one.request()).isEqualTo(other.request());
    assertThat(one.request().messages().getFirst()).isEqualTo(new Message.Instruction("You code."));
  }

  /** The same words in what a user says are the user's own. */
  @Test
  void aBillingHeaderInAUsersTextStays() {
    String text = "x-anthropic-billing-header: what is that?";

    assertThat(Talk.of(messages(user(text))).request().messages())
        .containsExactly(new Message.User(text));
  }

  /** NVIDIA roundhouse, captures of Claude Code 2.1.251 to 2.1.257. */
  @Test
  void containersFlipWithoutAnyChangeUpstream() throws IOException {
    Path blocks = GOLDEN.resolve("containers-blocks/ollama-request.json");
    Path strings = GOLDEN.resolve("containers-strings/ollama-request.json");

    assertThat(Files.mismatch(blocks, strings)).isEqualTo(-1);
  }

  /** router-for-me/CLIProxyAPI#2172, nielspeter/claude-code-proxy#17, QwenLM/qwen-code#6893. */
  @Test
  void thinkingIsSignedAndItsSignatureIsTakenBack() {
    MessagesStreamGrammar told =
        MessagesStreamGrammar.complete(Talk.streamed("").thinks("Hm").says("a").ends());
    String signature = told.blocks.getFirst().signature();
    assertThat(signature).isBase64();

    assertThat(thoughtAgain("Hm", signature)).isEqualTo("Hm");
    assertThat(thoughtAgain("Hm", "from another model")).isEqualTo("Hm");
  }

  /** Claude Code asks for display:omitted, and an agent that forgets its thoughts loops. */
  @Test
  void hiddenThinkingTravelsInItsSignature() {
    Talk talk = Talk.streamed("\"thinking\":{\"type\":\"adaptive\",\"display\":\"omitted\"}");

    MessagesStreamGrammar told =
        MessagesStreamGrammar.complete(talk.thinks("Hm, ").thinks("größer").says("a").ends());

    assertThat(told.thinking()).isEmpty();
    assertThat(thoughtAgain("", told.blocks.getFirst().signature())).isEqualTo("Hm, größer");
  }

  /** anthropics/claude-code sends adaptive thinking to names that it does not know, too. */
  @Test
  void noKindOfThinkingIsRefused() {
    assertThat(reasoning("\"thinking\":{\"type\":\"adaptive\"}")).isEqualTo(Reasoning.ON);
    assertThat(reasoning("\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1}"))
        .isEqualTo(Reasoning.ON);
    assertThat(reasoning("\"thinking\":{\"type\":\"of_tomorrow\"}")).isEqualTo(Reasoning.ON);
    assertThat(reasoning("\"output_config\":{\"effort\":\"max\"}")).isEqualTo(Reasoning.MAX);
    assertThat(reasoning("\"thinking\":{\"type\":\"disabled\"}")).isEqualTo(Reasoning.OFF);
    assertThat(reasoning("\"temperature\":1")).isEqualTo(Reasoning.OFF);
    assertThat(reasoning("\"thinking\":{\"type\":7}")).isEqualTo(Reasoning.OFF);
    assertThat(reasoning("\"thinking\":[],\"output_config\":{\"effort\":1}"))
        .isEqualTo(Reasoning.OFF);
  }

  /** ollama/ollama#17921, #8421. */
  @Test
  void toolChoiceIsNotIgnored() {
    String tools = "\"tools\":[{\"name\":\"f\"},{\"name\":\"g\"}],\"tool_choice\":";

    assertThat(Talk.streamed(tools + "{\"type\":\"none\"}").request().offeredTools()).isEmpty();
    assertThat(Talk.streamed(tools + "{\"type\":\"any\"}").request().mustCall()).isTrue();
    assertThat(Talk.streamed(tools + "{\"type\":\"tool\",\"name\":\"g\"}").request().offeredTools())
        .extracting(Tool::name)
        .containsExactly("g");
  }

  /** ollama/ollama#8099: a prompt that was cut in silence; Claude Code greps these words. */
  @Test
  void aPromptThatIsTooLongIsSaidInTheWordsThatMakeClaudeCodeCompact() {
    byte[] error = new Messages().error(Failure.tooLong(210_000, 200_000), "1");

    assertThat(new String(error, UTF_8))
        .contains("\"message\":\"prompt is too long: 210000 tokens > 200000 maximum\"");
  }

  /** BerriAI/litellm#29254 and Ollama's own layer: a stream that just stops. */
  @Test
  void everyStreamEndsInATerminalEvent() {
    assertThat(Talk.streamed("").ends()).endsWith("data: {\"type\":\"message_stop\"}\n\n");
    String broken = Talk.streamed("").says("a").breaks(Failure.Kind.BACKEND_LOST);
    assertThat(MessagesStreamGrammar.complete(broken).errorType).isEqualTo("overloaded_error");
  }

  /** Claude Code 2.1.42 retries a late error only when it is called an overload. */
  @Test
  void lateFailuresThatMayPassAreCalledOverloads() {
    for (Failure.Kind kind : Failure.Kind.values()) {
      String type = MessagesStreamGrammar.complete(Talk.streamed("").breaks(kind)).errorType;
      boolean isFinal =
          List.of(
                  "INVALID",
                  "UNKNOWN_MODEL",
                  "UNAUTHENTICATED",
                  "FORBIDDEN",
                  "BUDGET_SPENT",
                  "PROMPT_TOO_LONG",
                  "CLIENT_GONE",
                  "CANCELLED",
                  "NOT_CACHED",
                  "INTERNAL")
              .contains(kind.name());
      assertThat("overloaded_error".equals(type)).as(kind.name()).isEqualTo(!isFinal);
    }
  }

  /** vercel/ai: an error that is the first event becomes a status, and is retried. */
  @Test
  void heartbeatsDoNotBeginTheMessageSoThatAnErrorIsStillTheFirstEvent() {
    Talk talk = Talk.streamed("").beats().beats();

    assertThat(MessagesStreamGrammar.complete(talk.breaks(Failure.Kind.QUEUE_TIMEOUT)).names)
        .containsExactly("ping", "ping", "error");
  }

  /** Claude Code's event watchdog: five minutes without anything but pings. */
  @Test
  void aLongWaitBeginsTheMessageBeforeTheWatchdogBites() {
    Talk talk = Talk.streamed("");
    for (int tenSeconds = 0; tenSeconds < 29; tenSeconds++) {
      talk.beats();
    }

    MessagesStreamGrammar told = MessagesStreamGrammar.complete(talk.says("At last").ends());

    assertThat(told.names.indexOf("message_start")).isBetween(15, 19);
    assertThat(told.text()).isEqualTo("At last");
  }

  /** A ping is no progress for that watchdog; an empty piece of thinking is. */
  @Test
  void hiddenThinkingShowsThatItGoesOn() {
    Talk talk = Talk.streamed("\"thinking\":{\"type\":\"adaptive\",\"display\":\"omitted\"}");
    talk.thinks("Hm").soFar();

    assertThat(talk.beats().soFar())
        .isEqualTo(
            "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,"
                + "\"delta\":{\"type\":\"thinking_delta\",\"thinking\":\"\"}}\n\n");
  }

  /** The words that make Claude Code switch a capability off for the whole session. */
  @Test
  void refusalsNeverSayTheWordsThatSwitchCapabilitiesOff() {
    Failure failure = Failure.invalid("The model x does not support thinking.", null, null);

    assertThat(new String(new Messages().error(failure, "1"), UTF_8))
        .doesNotContain("thinking")
        .contains("does not support reasoning");
  }

  /** Claude Code asks for up to 64000 tokens of any model. */
  @Test
  void aHugeMaxTokensIsNeverRefused() {
    String body = Talk.body("\"stream\":true").replace(":100,", ":99999999999,");

    assertThat(Talk.of(body).request().sampling().maxTokens()).isEqualTo(Integer.MAX_VALUE);
  }

  private static Reasoning reasoning(String members) {
    return Talk.streamed(members).request().reasoning();
  }

  private static String thoughtAgain(String thinking, String signature) {
    String block =
        "{\"role\":\"assistant\",\"content\":[{\"type\":\"thinking\",\"thinking\":\"%s\","
            + "\"signature\":\"%s\"}]}";
    Message second =
        Talk.of(messages(user("a"), block.formatted(thinking, signature)))
            .request()
            .messages()
            .get(1);
    return ((Message.Assistant) second).thinking();
  }
}
