package com.visiquate.ccproxy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.visiquate.ccproxy.endtoend.FamilyClient.Heard;
import com.visiquate.ccproxy.endtoend.FamilyClient.Turn;
import com.visiquate.ccproxy.simulator.speech.Gate;
import com.visiquate.ccproxy.simulator.speech.Script;
import com.visiquate.ccproxy.simulator.speech.Script.Step;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Agents that call the same tool again and again, and get the same result. */
@Tag("endtoend")
@Timeout(60)
final class LoopTest {
  private static final JsonNode PARAMETERS = FamilyClient.tree("{\"type\":\"object\"}");
  private static final String RESULT = "no such file";
  private static final Script AGAIN =
      Script.of(new Step.Text("Let me see."), new Step.ToolCall("measure", "{\"city\":\"Paris\"}"));

  private final Gate gate = new Gate();
  private final Stack stack =
      Stack.start(Recipe.of(1, Recipe.instant()).with("alerts: {on: true, every: 10ms, calm: 0s}"))
          .answer("How warm?", AGAIN)
          .answer(RESULT, AGAIN);

  @AfterEach
  void close() {
    gate.open();
    stack.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"chat", "messages", "responses", "native"})
  void isSaidFromTheThirdTurnOnInEveryDialect(String family) throws IOException {
    FamilyClient client = client(family);
    List<Turn> turns = new ArrayList<>(List.of(new Turn.User("How warm?")));
    List<String> said = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      boolean stream = i % 2 == 0;
      RawClient.Reply reply = ask(client, turns, stream);
      said.add(reply.header("x-ccproxy-loop"));
      Heard heard =
          stream ? client.streamed(reply.body()) : client.whole(FamilyClient.tree(reply.body()));
      turns.add(new Turn.Said(heard));
      turns.add(new Turn.Results(heard.calls(), List.of(RESULT)));
    }
    assertThat(said).containsExactly("", "", "", "3", "4", "5");
    stack.untilMetric("ccproxy_loops_total{alias=\"m\"} 3.0");
    stack.until(() -> alerts().contains("goes round in circles"));
    assertThat(alerts())
        .contains("\"rule\" : \"loops\"")
        .doesNotContain(RESULT, "Paris", "measure");
  }

  private static FamilyClient client(String family) {
    return Objects.requireNonNull(FamilyClients.ALL.get(family), family);
  }

  private RawClient.Reply ask(FamilyClient client, List<Turn> turns, boolean stream)
      throws IOException {
    String body = client.body("Be brief.", turns, PARAMETERS).put("stream", stream).toString();
    try (RawClient raw = stack.client().post(client.path(), body)) {
      RawClient.Reply reply = raw.reply();
      assertThat(reply.status()).as(reply.body()).isEqualTo(200);
      return reply;
    }
  }

  private String alerts() {
    try {
      return stack.read("/ccproxy/alerts").body();
    } catch (IOException broken) {
      throw new AssertionError(broken);
    }
  }

  @Test
  void isSeenWhereTheConversationIsHeldHere() throws IOException {
    String tools =
        ",\"tools\":[{\"type\":\"function\",\"name\":\"measure\",\"parameters\":{\"type\":\"object\"}}]";
    String input = "\"How warm?\"";
    String previous = "";
    List<String> said = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      String body = "{\"model\":\"m\",\"input\":" + input + previous + tools + "}";
      try (RawClient raw = stack.client().post("/v1/responses", body)) {
        RawClient.Reply reply = raw.reply();
        said.add(reply.header("x-ccproxy-loop"));
        JsonNode answer = FamilyClient.tree(reply.body());
        previous = ",\"previous_response_id\":\"" + answer.path("id").asText() + "\"";
        String call = FamilyClient.ids(reply.body()).getLast();
        input =
            "[{\"type\":\"function_call_output\",\"call_id\":\"%s\",\"output\":\"%s\"}]"
                .formatted(call, RESULT);
      }
    }
    assertThat(said).containsExactly("", "", "", "3", "4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"chat", "messages", "responses", "native"})
  void isTheSameRequestThatIsSentAgain(String family) throws IOException {
    FamilyClient client = client(family);
    List<Turn> turns = new ArrayList<>(List.of(new Turn.User("How warm?")));
    Heard heard = client.whole(FamilyClient.tree(ask(client, turns, false).body()));
    turns.add(new Turn.Said(heard));
    turns.add(new Turn.Results(heard.calls(), List.of(RESULT)));
    assertThat(ask(client, turns, true).headers()).doesNotContainKey("x-ccproxy-loop");
    assertThat(ask(client, turns, false).headers()).doesNotContainKey("x-ccproxy-loop");
    // So that it is known before the answer begins, however slow this machine is.
    stack.answer(RESULT, Script.of(new Step.Hold(gate), new Step.Text("well")));
    String body = client.body("Be brief.", turns, PARAMETERS).put("stream", true).toString();
    try (RawClient third = stack.client().post(client.path(), body)) {
      stack.untilMetric("ccproxy_loops_total{alias=\"m\"} 1.0");
      gate.open();
      assertThat(third.head().header("x-ccproxy-loop")).isEqualTo("3");
    }
  }

  @Test
  void isNoneWhereSomethingChangesAndNobodyIsBlocked() throws IOException {
    FamilyClient client = FamilyClients.CHAT;
    List<Turn> turns = new ArrayList<>(List.of(new Turn.User("How warm?")));
    for (int i = 0; i < 6; i++) {
      stack.answer("at " + i, AGAIN);
      RawClient.Reply reply = ask(client, turns, false);
      assertThat(reply.headers()).doesNotContainKey("x-ccproxy-loop");
      Heard heard = client.whole(FamilyClient.tree(reply.body()));
      turns.add(new Turn.Said(heard));
      turns.add(new Turn.Results(heard.calls(), List.of("at " + i)));
    }
    assertThat(stack.metrics()).doesNotContain("ccproxy_loops_total{");
  }
}
