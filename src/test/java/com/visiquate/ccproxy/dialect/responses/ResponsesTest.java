package com.visiquate.ccproxy.dialect.responses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.chat.OutputFormat;
import com.visiquate.ccproxy.chat.Reasoning;
import com.visiquate.ccproxy.chat.Tool;
import com.visiquate.ccproxy.chat.ToolChoice;
import com.visiquate.ccproxy.dialect.Family;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ResponsesTest {
  /** What nobody keeps here must travel with the client. */
  @ParameterizedTest
  @CsvSource({"true, false", "false, true"})
  void sealsThinkingWhereNothingIsStored(boolean stored, boolean sealed) {
    String answer =
        Talk.of(Talk.body("\"store\":%s".formatted(stored))).thinks("hm").says("Hi").ends();

    assertThat(answer.contains("\"encrypted_content\":\"Y2Nwcm94eTpobQ==\"")).isEqualTo(sealed);
  }

  @Test
  void isAFamilyOfItsOwn() {
    assertThat(new Responses().family()).isEqualTo(Family.OPENAI_RESPONSES);
    assertThat(Talk.streamed().answer().contentType())
        .isEqualTo("text/event-stream; charset=utf-8");
    assertThat(Talk.of(Talk.body("")).answer().contentType()).isEqualTo("application/json");
  }

  @Test
  void takesATextForAMessageOfTheUser() {
    assertThat(Talk.streamed().request().messages()).containsExactly(new Message.User("Hi"));
  }

  @Test
  void readsSampling() {
    ChatRequest request =
        Talk.streamed("\"max_output_tokens\":7,\"temperature\":0.5,\"top_p\":0.25").request();

    assertThat(request.sampling().maxTokens()).isEqualTo(7);
    assertThat(request.sampling().temperature()).isEqualTo(0.5);
    assertThat(request.sampling().topP()).isEqualTo(0.25);
  }

  @Test
  void takesANegativeLimitForNone() {
    assertThat(Talk.streamed("\"max_output_tokens\":-1").request().sampling().maxTokens()).isNull();
    assertThat(Talk.refusal(Talk.body("\"max_output_tokens\":0")).param())
        .isEqualTo("max_output_tokens");
  }

  @Test
  void readsTheEffortOfReasoning() {
    Map<String, Reasoning> efforts =
        Map.of(
            "none", Reasoning.OFF,
            "minimal", Reasoning.LOW,
            "medium", Reasoning.MEDIUM,
            "xhigh", Reasoning.MAX);
    efforts.forEach(
        (word, effort) ->
            assertThat(
                    Talk.streamed("\"reasoning\":{\"effort\":\"%s\"}".formatted(word))
                        .request()
                        .reasoning())
                .isEqualTo(effort));
    assertThat(Talk.streamed("\"reasoning\":{\"effort\":null}").request().reasoning())
        .isEqualTo(Reasoning.UNSET);
  }

  @Test
  void readsTheFormatOfTheText() {
    assertThat(format("{\"type\":\"text\"}")).isEqualTo(OutputFormat.TEXT);
    assertThat(format("{\"type\":\"json_object\"}")).isEqualTo(OutputFormat.JSON);
    assertThat(format("{\"type\":\"json_schema\",\"name\":\"n\",\"schema\":{}}"))
        .isInstanceOf(OutputFormat.Schema.class);
    assertThat(Talk.refusal(Talk.body("\"text\":{\"format\":{\"type\":\"grammar\"}}")).param())
        .isEqualTo("text.format.type");
  }

  @Test
  void reportsLogProbabilitiesWhenTheyAreIncluded() {
    String included = "\"include\":[\"message.output_text.logprobs\"]";

    assertThat(Talk.streamed(included).request().topLogprobs()).isZero();
    assertThat(Talk.streamed(included + ",\"top_logprobs\":5").request().topLogprobs())
        .isEqualTo(5);
    assertThat(Talk.streamed("\"top_logprobs\":5").request().topLogprobs()).isNull();
    assertThat(Talk.streamed("\"top_logprobs\":5").understood().dropped())
        .containsExactly("top_logprobs");
  }

  @Test
  void tellsClientsApartByTheirConversation() {
    assertThat(Talk.streamed("\"prompt_cache_key\":\"k\",\"user\":\"u\"").understood().client())
        .isEqualTo("k");
    assertThat(Talk.streamed("\"safety_identifier\":\"s\"").understood().client()).isEqualTo("s");
    assertThat(Talk.streamed("\"prompt_cache_key\":7").understood().client()).isNull();
  }

  @Test
  void acceptsThatNothingRunsInTheBackground() {
    assertThat(Talk.streamed("\"background\":false,\"conversation\":null").understood().dropped())
        .isEmpty();
  }

  @Test
  void leavesOutAllowedToolsThatNobodyRuns() {
    String tools =
        """
        "tools":[{"name":"a"},{"name":"b"},{"type":"shell"}],"tool_choice":{"type":"allowed_tools",\
        "mode":"%s","tools":[{"type":"mcp","server_label":"x"},{"type":"shell"}%s]}\
        """;
    Talk talk =
        Talk.streamed(tools.formatted("required", ",{\"type\":\"function\",\"name\":\"b\"}"));

    assertThat(talk.request().offeredTools()).extracting(Tool::name).containsExactly("b", "shell");
    assertThat(talk.request().mustCall()).isTrue();
    assertThat(talk.understood().dropped()).containsExactly("tool_choice.tools[0]");
  }

  @Test
  void allowsNoToolWhenAllAllowedOnesAreLeftOut() {
    String choice =
        """
        "tools":[{"name":"a"}],"tool_choice":{"type":"allowed_tools","mode":"%s",\
        "tools":[{"type":"web_search"}]}\
        """;

    assertThat(Talk.streamed(choice.formatted("auto")).request().toolChoice())
        .isEqualTo(ToolChoice.NONE);
    assertThat(Talk.refusal(Talk.body(choice.formatted("required"))).param())
        .isEqualTo("tool_choice.tools");
  }

  @Test
  void choosesAToolOfANamespace() {
    String tools =
        """
        "tools":[{"type":"namespace","name":"mcp__","tools":[{"name":"a"},{"name":"b"}]}],\
        "tool_choice":{"type":"function","namespace":"mcp__","name":"b"}\
        """;

    assertThat(Talk.streamed(tools).request().offeredTools())
        .extracting(Tool::name)
        .containsExactly("mcp__b");
  }

  @Test
  void takesTheFirstOfTwoToolsWithOneName() {
    Talk talk = Talk.streamed("\"tools\":[{\"name\":\"shell\"},{\"type\":\"shell\"}]");

    assertThat(talk.request().tools()).hasSize(1);
    assertThat(talk.understood().dropped()).containsExactly("tools[1].name");
    assertThat(talk.calls("c", "shell", "{}").ends()).contains("\"type\":\"function_call\"");
  }

  @Test
  void dropsThoughtsThatLedToNothing() {
    ChatRequest request =
        Talk.request(
            "{\"type\":\"reasoning\",\"summary\":[{\"type\":\"summary_text\",\"text\":\"Hm\"}]}",
            "{\"role\":\"user\",\"content\":\"A\"}");

    assertThat(request.messages()).containsExactly(new Message.User("A"));
  }

  @Test
  void restoresThinkingExactlyFromItsSeal() {
    String thinking = "Ünï \n \"x\"";
    ChatRequest request =
        Talk.request(
            "{\"type\":\"reasoning\",\"summary\":[],\"encrypted_content\":\"%s\"}"
                .formatted(Thoughts.sealed(thinking)),
            "{\"role\":\"assistant\",\"content\":\"A\"}");

    assertThat(request.messages()).containsExactly(new Message.Assistant("A", thinking, List.of()));
  }

  @Test
  void repeatsTextThatLooksLikeJsonUnchanged() {
    String instructions = "{,\\\"a\\\"%s}";

    assertThat(Talk.streamed("\"instructions\":\"%s\"".replace("%s", instructions)).ends())
        .contains("\"instructions\":\"" + instructions + "\"");
  }

  @Test
  void namesOnlySoMuchOfWhatIsUnknown() {
    StringBuilder members = new StringBuilder("\"stream\":true");
    for (int i = 0; i < 100; i++) {
      members.append(",\"").append("x".repeat(100)).append(i).append("\":1");
    }
    List<String> dropped = Talk.of(Talk.body(members.toString())).understood().dropped();

    assertThat(dropped).hasSizeLessThanOrEqualTo(32).allMatch(name -> name.length() <= 64);
  }

  @Test
  void writesErrorsBeforeTheFirstByteLikeAllOfOpenAi() {
    byte[] body = new Responses().error(Failure.of(Failure.Kind.QUEUE_FULL, "Full."), "req_1");

    assertThat(new String(body, UTF_8))
        .contains("\"type\":\"service_unavailable_error\"", "\"code\":\"queue_full\"");
  }

  @Test
  void saysOnlyTheErrorWhenAWholeAnswerBreaks() {
    Talk talk = Talk.of(Talk.body("")).says("half").beats();
    assertThat(talk.soFar()).isBlank();

    assertThat(talk.breaks(Failure.Kind.BACKEND_LOST))
        .isEqualTo(
            "{\"error\":{\"message\":\"It broke.\",\"type\":\"server_error\","
                + "\"param\":null,\"code\":\"upstream_error\"}}");
    assertThat(talk.ends()).isEmpty();
  }

  private static OutputFormat format(String format) {
    return Talk.streamed("\"text\":{\"format\":%s}".formatted(format)).request().format();
  }
}
