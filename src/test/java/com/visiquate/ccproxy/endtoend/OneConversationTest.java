package com.visiquate.ccproxy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.visiquate.ccproxy.endtoend.FamilyClient.Call;
import com.visiquate.ccproxy.endtoend.FamilyClient.Heard;
import com.visiquate.ccproxy.endtoend.FamilyClient.Turn;
import com.visiquate.ccproxy.simulator.speech.Script;
import com.visiquate.ccproxy.simulator.speech.Script.Step;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * One conversation with tools, told by the clients of four families, streamed and whole: Ollama is
 * asked the same, and every client hears the same. Ollama's caches depend on the first, and who
 * changes clients in the middle of the work on the second.
 */
@Tag("endtoend")
final class OneConversationTest {
  private static final JsonNode PARAMETERS =
      FamilyClient.tree(
          """
          {"type":"object","required":["city"],"properties":{
            "city":{"type":"string","description":"Its \\"name\\" – <b>"},
            "at":{"type":"object","properties":{"z":{"type":"integer"},"a":{"type":"array"}}}}}
          """);
  private static final String PARIS = "{\"city\":\"Paris\",\"at\":{\"z\":1,\"a\":[true,null]}}";
  private static final String ROME = "{\"city\":\"Rome\"}";
  private static final String OSLO = "{\"city\":\"Oslo\"}";

  /** One request of the conversation: what Ollama was asked, and what came of it. */
  private record Exchange(String asked, String thinking, String text, List<JsonNode> calls) {}

  private final Stack stack =
      Stack.start(Recipe.of(1, Recipe.instant()))
          .answer(
              "How warm is Paris?\nAnd Rome?",
              Script.of(
                  new Step.Thinking("I must "),
                  new Step.Thinking("look."),
                  new Step.Text("I "),
                  new Step.Text("look."),
                  new Step.ToolCall("measure", PARIS)))
          .answer(
              "22 degrees",
              Script.of(
                  new Step.Text("One more."),
                  new Step.ToolCall("measure", ROME),
                  new Step.ToolCall("measure", OSLO)))
          .answer("5 °C", Script.text("Rome is ", "the warmest."))
          .answer(
              "Thanks. In winter?", Script.of(new Step.Thinking("Hm."), new Step.Text("Colder.")));

  @AfterEach
  void close() {
    stack.close();
  }

  @Test
  void isTheSameConversationInEveryFamily() throws IOException {
    List<Exchange> expected = told(FamilyClients.CHAT, true);
    assertThat(expected.getFirst().thinking()).isEqualTo("I must look.");
    assertThat(expected.getFirst().text()).isEqualTo("I look.");
    assertThat(expected.getFirst().calls()).containsExactly(FamilyClient.tree(PARIS));
    assertThat(expected.get(1).calls())
        .containsExactly(FamilyClient.tree(ROME), FamilyClient.tree(OSLO));
    assertThat(expected.getLast().text()).isEqualTo("Colder.");

    for (Map.Entry<String, FamilyClient> family : FamilyClients.ALL.entrySet()) {
      for (boolean stream : new boolean[] {true, false}) {
        assertThat(told(family.getValue(), stream))
            .as("%s, streamed: %s", family.getKey(), stream)
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void growsAtItsEndOnly() throws IOException {
    for (Map.Entry<String, FamilyClient> family : FamilyClients.ALL.entrySet()) {
      List<Exchange> exchanges = told(family.getValue(), true);
      for (int i = 1; i < exchanges.size(); i++) {
        String before = exchanges.get(i - 1).asked();
        assertThat(exchanges.get(i).asked())
            .as(family.getKey())
            .startsWith(before.substring(0, before.indexOf("],\"tools\":")));
      }
    }
  }

  private List<Exchange> told(FamilyClient client, boolean stream) throws IOException {
    List<Turn> turns = new ArrayList<>();
    List<Exchange> exchanges = new ArrayList<>();
    turns.add(new Turn.User("How warm is Paris?\nAnd Rome?"));
    Heard first = said(client, stream, turns, exchanges);
    turns.add(new Turn.Results(first.calls(), List.of("22 degrees")));
    Heard second = said(client, stream, turns, exchanges);
    turns.add(new Turn.Results(second.calls(), List.of("25 degrees", "5 °C")));
    said(client, stream, turns, exchanges);
    turns.add(new Turn.User("Thanks. In winter?"));
    said(client, stream, turns, exchanges);
    return exchanges;
  }

  private Heard said(
      FamilyClient client, boolean stream, List<Turn> turns, List<Exchange> exchanges)
      throws IOException {
    String body = client.body("Be brief.", turns, PARAMETERS).put("stream", stream).toString();
    try (RawClient raw = stack.client().post(client.path(), body)) {
      RawClient.Reply reply = raw.reply();
      assertThat(reply.status()).as(reply.body()).isEqualTo(200);
      Heard heard =
          stream ? client.streamed(reply.body()) : client.whole(FamilyClient.tree(reply.body()));
      turns.add(new Turn.Said(heard));
      List<JsonNode> calls = heard.calls().stream().map(Call::arguments).toList();
      exchanges.add(
          new Exchange(nameless(stack.lastChat()), heard.thinking(), heard.text(), calls));
      return heard;
    }
  }

  /** Ollama makes up the ids of calls; what counts is that they come back as they were. */
  private static String nameless(String asked) {
    String text = asked;
    List<String> ids = FamilyClient.ids(asked);
    assertThat(ids).noneMatch(id -> id.startsWith("toolu_"));
    for (int i = 0; i < ids.size(); i++) {
      text = text.replace(ids.get(i), "id-" + i);
    }
    return text;
  }
}
