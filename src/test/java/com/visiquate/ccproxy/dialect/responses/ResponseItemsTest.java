package com.visiquate.ccproxy.dialect.responses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.chat.OutputFormat;
import com.visiquate.ccproxy.chat.Reasoning;
import com.visiquate.ccproxy.chat.ResponseId;
import com.visiquate.ccproxy.chat.StoredResponse;
import com.visiquate.ccproxy.chat.Tool;
import com.visiquate.ccproxy.chat.ToolChoice;
import com.visiquate.ccproxy.dialect.Trip;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Items of an input that change what the model may do or has heard. */
final class ResponseItemsTest {
  private static final String HI = "{\"role\":\"user\",\"content\":\"Hi\"}";
  private static final String SEARCH =
      "{\"type\":\"tool_search\",\"execution\":\"client\",\"description\":\"Finds tools.\","
          + "\"parameters\":{\"type\":\"object\",\"properties\":{\"goal\":{\"type\":\"string\"}}}}";
  private static final String CODEX =
      """
      {"type":"additional_tools","role":"developer","tools":[
       {"type":"namespace","name":"functions","tools":[
        {"type":"custom","name":"exec"},
        {"type":"function","name":"wait","parameters":{"type":"object","properties":{}}}]},
       {"type":"function","name":"plain"}]}
      """;
  private final Map<ResponseId, StoredResponse> stored = new HashMap<>();

  @Test
  void offersAdditionalToolsLikeThoseOfTheRequest() {
    Talk talk = items(CODEX, HI);

    assertThat(names(talk)).containsExactly("functions__exec", "functions__wait", "plain");
    assertThat(talk.request().messages()).containsExactly(new Message.User("Hi"));
    assertThat(talk.understood().dropped()).isEmpty();
  }

  @Test
  void answersACallOfAnAdditionalToolInItsOwnForm() {
    String answer =
        items(CODEX, HI)
            .calls("1", "functions__exec", "{\"input\":\"ls\"}")
            .calls("2", "functions__wait", "{}")
            .ends();

    assertThat(answer)
        .contains(
            "\"type\":\"custom_tool_call\",\"call_id\":\"1\",\"name\":\"exec\",\"namespace\":\"functions\",\"input\":\"ls\"",
            "\"type\":\"function_call\",\"call_id\":\"2\",\"name\":\"wait\",\"namespace\":\"functions\",\"arguments\":\"{}\"");
  }

  @Test
  void putsAdditionalToolsBehindThoseOfTheRequestOnceEach() {
    Talk talk =
        talk(
            "\"tools\":[{\"type\":\"function\",\"name\":\"first\"}],\"tool_choice\":"
                + "{\"type\":\"custom\",\"name\":\"exec\",\"namespace\":\"functions\"},\"input\":["
                + String.join(",", CODEX, HI, CODEX)
                + "]");

    assertThat(talk.request().tools())
        .extracting(Tool::name)
        .containsExactly("first", "functions__exec", "functions__wait", "plain");
    assertThat(talk.request().toolChoice()).isEqualTo(ToolChoice.named("functions__exec"));
    assertThat(talk.understood().dropped()).isEmpty();
  }

  @Test
  void remembersAdditionalTools() {
    remember(items(CODEX, HI).says("Hello"), "1");

    Talk next = talk("\"previous_response_id\":\"resp_1\",\"input\":\"And?\"");

    assertThat(names(next)).contains("functions__exec");
  }

  @Test
  void letsTheClientSearchForTools() {
    Talk talk =
        talk(
            "\"tools\":["
                + SEARCH
                + ",{\"type\":\"function\",\"name\":\"later\",\"defer_loading\":true}],\"input\":\"Hi\"");

    assertThat(names(talk)).containsExactly("tool_search");
    assertThat(talk.request().tools().getFirst().description()).isEqualTo("Finds tools.");
    assertThat(talk.calls("c", "tool_search", "{\"goal\":\"eta\"}").ends())
        .contains(
            "\"type\":\"tool_search_call\",\"call_id\":\"c\",\"execution\":\"client\",\"arguments\":{\"goal\":\"eta\"},\"status\":\"completed\"");
  }

  @Test
  void offersWhatTheClientFoundFromThenOn() {
    Talk talk =
        talk(
            "\"tools\":[%s,{\"type\":\"function\",\"name\":\"later\",\"defer_loading\":true}],\"input\":[%s,%s,%s]"
                .formatted(
                    SEARCH,
                    HI,
                    "{\"type\":\"tool_search_call\",\"call_id\":\"c\",\"execution\":\"client\",\"arguments\":{\"goal\":\"eta\"}}",
                    "{\"type\":\"tool_search_output\",\"call_id\":\"c\",\"execution\":\"client\",\"tools\":[{\"type\":\"function\",\"name\":\"later\",\"defer_loading\":true},{\"type\":\"namespace\",\"name\":\"n\",\"tools\":[{\"type\":\"function\",\"name\":\"x\"}]}]}"));

    assertThat(names(talk)).containsExactly("tool_search", "later", "n__x");
    assertThat(talk.request().messages())
        .last()
        .isEqualTo(
            new Message.ToolResult("c", "tool_search", "Tools found: later, n__x", List.of()));
    assertThat(
            ((Message.Assistant) talk.request().messages().get(1)).calls().getFirst().arguments())
        .hasToString("{\"goal\":\"eta\"}");
  }

  @Test
  void offersDeferredToolsAtOnceWhereOnlyAServerCouldSearch() {
    Talk talk =
        talk(
            "\"tools\":[{\"type\":\"tool_search\"},{\"type\":\"function\",\"name\":\"later\",\"defer_loading\":true}],\"input\":\"Hi\"");

    assertThat(names(talk)).containsExactly("later");
    assertThat(talk.understood().dropped()).containsExactly("tools.tool_search");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":\"msg_1_0\"}",
        "{ \"id\" : \"msg_1_0\" , \"type\" : null }",
        "{\"type\":null,\"id\":\"msg_1_0\"}",
        "{\"type\":\"item_reference\",\"id\":\"msg_1_0\"}"
      })
  void knowsAnItemByItsId(String reference) {
    remember(items(HI).says("Hello"), "1");
    String body = "{\"model\":\"coder\",\"input\":[%s,%s,%s]}".formatted(HI, reference, HI);

    assertThat(Responses.recalled(body.getBytes(UTF_8))).containsExactly(new ResponseId("resp_1"));
    assertThat(Talk.of(body, "2", stored::get).request().messages())
        .contains(new Message.Assistant("Hello", "", List.of()));
    assertThat(Talk.refusal(body.replace("msg_1_0", "msg_9_9")))
        .satisfies(unknown -> assertThat(unknown.code()).isEqualTo("item_not_found"))
        .satisfies(unknown -> assertThat(unknown.param()).isEqualTo("input[1]"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"content\":\"Hi\"}", "{\"type\":null}"})
  void refusesAnItemThatSaysNothingOfItself(String item) {
    assertThat(Talk.refusal("{\"model\":\"coder\",\"input\":[%s,%s]}".formatted(HI, item)).param())
        .isEqualTo("input[1].role");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"input\":[{\"id\":\"a\",\"role\":\"user\"}]}",
        "{\"a\":\"{\\\"id\\\":\\\"b\\\"}\"}",
        "{\"id\":\"a\"",
        "{{{{{{{{"
      })
  void parsesNoBodyTwiceInVain(String body) {
    assertThat(BareIds.areIn(body.getBytes(UTF_8))).isFalse();
  }

  @Test
  void sumsUpInsteadOfAnsweringAtATrigger() {
    Talk talk =
        talk(
            "\"stream\":true,\"tools\":[{\"type\":\"function\",\"name\":\"f\"}],\"input\":[%s,{\"type\":\"compaction_trigger\"}]"
                .formatted(HI));
    assertThat(talk.request().messages()).containsExactly(new Message.User("Hi"), Summary.REQUEST);
    assertThat(talk.request().tools()).isEmpty();

    String streamed = talk.thinks("Hm").says("They ").says("said hi.").beats().ends();

    assertThat(streamed.split("\"type\":\"response.output_item.done\"", -1)).hasSize(2);
    assertThat(streamed)
        .contains(
            "\"type\":\"compaction\",\"encrypted_content\":\"" + Thoughts.sealed("They said hi."))
        .contains("response.in_progress", "response.completed")
        .doesNotContain("output_text", "reasoning_summary");
  }

  @Test
  void givesTheSummaryInOnePieceToo() {
    Talk talk = talk("\"input\":[%s,{\"type\":\"compaction_trigger\"}]".formatted(HI));

    JsonNode response = Trip.tree(talk.thinks("Hm").says("They said hi.").ends());

    assertThat(response.path("output")).hasSize(1);
    assertThat(response.at("/output/0/type").textValue()).isEqualTo("compaction");
    assertThat(response.path("object").textValue()).isEqualTo("response");
  }

  @Test
  void goesOnFromASummary() {
    remember(
        talk("\"input\":[%s,{\"type\":\"compaction_trigger\"}]".formatted(HI)).says("Greeted."),
        "1");

    Talk next = talk("\"previous_response_id\":\"resp_1\",\"input\":\"And?\"");

    assertThat(next.request().messages()).hasSize(3).doesNotContain(Summary.REQUEST);
    assertThat(next.request().messages().get(1).toString()).contains("Greeted.");
  }

  @Test
  void followsTheLastChangeOfASetting() {
    String update = "{\"type\":\"configuration_update\",\"%s\":{\"%s\":%s}}";
    String schema = "{\"type\":\"json_schema\",\"schema\":{\"type\":\"object\"}}";

    Talk talk =
        talk(
            "\"reasoning\":{\"effort\":\"low\"},\"input\":[%s,%s,%s,%s]"
                .formatted(
                    HI,
                    update.formatted("reasoning", "effort", "\"medium\""),
                    update.formatted("reasoning", "effort", "\"high\""),
                    update.formatted("text", "format", schema)));

    assertThat(talk.request().reasoning()).isEqualTo(Reasoning.HIGH);
    assertThat(talk.request().format()).isInstanceOf(OutputFormat.Schema.class);
    assertThat(talk.request().messages()).hasSize(1);
  }

  @Test
  void refusesATriggerThatIsNotTheLastItem() {
    String body = "{\"model\":\"coder\",\"input\":[{\"type\":\"compaction_trigger\"},%s]}";

    assertThat(Talk.refusal(body.formatted(HI)).param()).isEqualTo("input[1]");
  }

  private Talk items(String... items) {
    return talk("\"input\":[" + String.join(",", items) + "]");
  }

  private Talk talk(String members) {
    String id = Integer.toString(stored.size() + 1);
    return Talk.of("{\"model\":\"coder\",%s}".formatted(members), id, stored::get);
  }

  private void remember(Talk talk, String id) {
    talk.ends();
    stored.put(new ResponseId("resp_" + id), talk.answer().stored().orElseThrow());
  }

  private static List<String> names(Talk talk) {
    return talk.request().tools().stream().map(Tool::name).toList();
  }
}
