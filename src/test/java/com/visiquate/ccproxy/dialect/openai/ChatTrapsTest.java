package com.visiquate.ccproxy.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.FinishReason;
import com.visiquate.ccproxy.chat.Tool;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What gateways before this one got wrong in chat completions; docs/traps.md has the list. */
final class ChatTrapsTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String TOOLS =
      "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}},"
          + "{\"type\":\"function\",\"function\":{\"name\":\"g\"}}]";

  @Test
  void callsHaveTheirReasonTheirIndexTheirIdAndTextForArguments() {
    String stream = Talk.streamed(TOOLS).calls("1", "f", "{\"a\":1}").calls("2", "g", "{}").ends();

    List<JsonNode> calls =
        chunks(stream).stream().map(c -> c.at("/choices/0/delta/tool_calls/0")).toList();
    List<JsonNode> opening = calls.stream().filter(call -> call.has("id")).toList();
    assertThat(opening).extracting(call -> call.path("index").asInt()).containsExactly(0, 1);
    assertThat(opening).extracting(call -> call.path("id").asText()).containsExactly("1", "2");
    assertThat(opening).allMatch(call -> call.path("type").asText().equals("function"));
    assertThat(calls.stream().map(call -> call.at("/function/arguments")))
        .filteredOn(arguments -> !arguments.isMissingNode())
        .allMatch(JsonNode::isTextual);
    assertThat(stream).contains("\"finish_reason\":\"tool_calls\"");
  }

  @ParameterizedTest
  @CsvSource({"none, ''", "auto, f+g", "required, f+g"})
  void theChoiceOfAToolIsNotIgnored(String choice, String offered) {
    Talk talk = Talk.streamed(TOOLS + ",\"tool_choice\":\"%s\"".formatted(choice));

    List<String> names = talk.request().offeredTools().stream().map(Tool::name).toList();
    assertThat(String.join("+", names)).isEqualTo(offered);
    assertThat(talk.request().mustCall()).isEqualTo(choice.equals("required"));
  }

  @Test
  void aNamedToolIsTheOnlyOneThatIsOffered() {
    Talk talk =
        Talk.streamed(
            TOOLS + ",\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"g\"}}");

    assertThat(talk.request().offeredTools()).extracting(Tool::name).containsExactly("g");
    assertThat(talk.request().mustCall()).isTrue();
  }

  /** Two line ends, an {@code id:} or a {@code data:} in front: each has killed some parser. */
  @Test
  void aHeartbeatIsACommentOfOneLine() {
    assertThat(Talk.streamed("").beats().soFar()).isEqualTo(": ping\n");
    assertThat(Talk.streamed("").beats().says("a").beats().ends())
        .startsWith(": ping\ndata: {")
        .doesNotContainPattern("(?m)^(id|event|retry):");
  }

  /** Ollama sends empty pieces, and a done line without any. */
  @Test
  void noFrameIsEmptyAndNoCommentBecomesData() {
    String stream = Talk.streamed("").beats().says("").beats().ends();

    for (String frame : stream.replace(": ping\n", "").strip().split("\n\n", -1)) {
      assertThat(frame).startsWith("data: ").isNotEqualTo("data: ");
    }
    assertThat(stream).doesNotContain("data: :");
  }

  @ParameterizedTest
  @EnumSource
  void theReasonOfAnEndIsOneThatClientsKnow(FinishReason reason) {
    assertThat(Talk.streamed("").says("a").ends(reason))
        .containsPattern("\"finish_reason\":\"(stop|length)\"}");
    assertThat(Talk.whole("").says("a").ends(reason))
        .containsPattern("\"finish_reason\":\"(stop|length)\"");
  }

  @Test
  void onlyTheChunkOfUsageHasNoChoice() {
    String stream =
        Talk.streamed("\"stream_options\":{\"include_usage\":true}")
            .thinks("hm")
            .says("a")
            .calls("1", "f", "{}")
            .ends();

    List<JsonNode> chunks = chunks(stream);
    assertThat(chunks.subList(0, chunks.size() - 1))
        .allMatch(chunk -> chunk.path("choices").size() == 1 && chunk.path("usage").isNull());
    assertThat(chunks.getLast().path("choices").isEmpty()).isTrue();
    assertThat(chunks.getLast().path("usage").path("total_tokens").isInt()).isTrue();
    assertThat(stream).endsWith("data: [DONE]\n\n");
  }

  @Test
  void bothNamesOfTheTokenLimitCount() {
    assertThat(most("\"max_tokens\":7")).isEqualTo(7);
    assertThat(most("\"max_completion_tokens\":8")).isEqualTo(8);
    assertThat(most("\"max_tokens\":7,\"max_completion_tokens\":8")).isEqualTo(8);
  }

  @Test
  void theRoleComesOnceAndThinkingIsNoContent() {
    String stream = Talk.streamed("").thinks("hm").says("a").says("b").ends();

    ChatStreamGrammar.check(stream.getBytes(UTF_8));
    assertThat(stream.split("\"role\"", -1)).hasSize(2);
    assertThat(stream).doesNotContain("\"content\":\"hm\"").doesNotContain("\"error\"");
  }

  @ParameterizedTest
  @EnumSource
  void aStreamThatBreaksSaysSoAndNeverLooksFinished(Failure.Kind kind) {
    String stream = Talk.streamed("").says("a").breaks(kind);

    ChatStreamGrammar.check(stream.getBytes(UTF_8));
    assertThat(stream)
        .contains("data: {\"error\":{\"message\":")
        .doesNotContain("[DONE]")
        .doesNotContain("\"finish_reason\":\"");
  }

  private static int most(String members) {
    Integer most = Talk.streamed(members).request().sampling().maxTokens();
    return most == null ? 0 : most;
  }

  private static List<JsonNode> chunks(String stream) {
    return stream
        .lines()
        .filter(line -> line.startsWith("data: {"))
        .map(line -> chunk(line.substring(6)))
        .toList();
  }

  private static JsonNode chunk(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException broken) {
      throw new AssertionError(json, broken);
    }
  }
}
