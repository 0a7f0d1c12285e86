package com.visiquate.ccproxy.simulator.speech;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.visiquate.ccproxy.simulator.RawExchange;
import com.visiquate.ccproxy.simulator.Running;
import com.visiquate.ccproxy.simulator.Simulator;
import com.visiquate.ccproxy.simulator.model.Capability;
import com.visiquate.ccproxy.simulator.model.Profile;
import com.visiquate.ccproxy.simulator.model.SimulatedModel;
import io.vertx.core.Vertx;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A question that says what it wants gets that, and the slot remembers who asked. */
final class WishTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TOOL =
      """
      {"type": "function", "function": {"name": "read_file", "parameters":
        {"type": "object", "properties": {"path": {"type": "string"}}, "required": ["path"]}}}
      """;

  private Vertx vertx;
  private Simulator simulator;

  @BeforeEach
  void open() throws Exception {
    vertx = Vertx.vertx();
    SimulatedModel model = SimulatedModel.plain("m", Capability.COMPLETION, Capability.TOOLS);
    simulator = Running.done(Simulator.start(vertx, Profile.instant().withModels(model)));
  }

  @AfterEach
  void close() throws Exception {
    Running.done(vertx.close());
  }

  @Test
  void getsSoManyTokensAndTheCall() throws IOException {
    JsonNode answer = ask(question("[simulate: 40 tokens, then read_file, for tester-7]"));
    assertThat(answer.at("/message/tool_calls/0/function/name").asText()).isEqualTo("read_file");
    assertThat(answer.path("eval_count").asInt()).isEqualTo(41);
  }

  @Test
  void getsWordsOnlyWhenItNamesNoTool() throws IOException {
    JsonNode answer = ask(question("Go on. [simulate: 12 tokens]"));
    assertThat(answer.path("message").has("tool_calls")).isFalse();
    assertThat(answer.at("/message/content").asText()).hasSize(48);
  }

  @Test
  void isNoneWhenItStandsElsewhere() throws IOException {
    JsonNode answer = ask(question("What is [simulate: 12 tokens] for?"));
    assertThat(answer.at("/message/content").asText()).startsWith("This is a simulated answer");
  }

  @Test
  void theNextTurnFindsTheWholeAnswerInTheCache() throws IOException {
    ObjectNode first = question("[simulate: 40 tokens, then read_file, for tester-7]");
    ArrayNode messages = (ArrayNode) first.path("messages");
    messages.add(ask(first).path("message"));
    messages.addObject().put("role", "tool").put("content", "[simulate: 5 tokens, for tester-7]");
    ask(first);
    JsonNode slots = slots();
    JsonNode before = slots.get(0);
    int held = before.path("promptTokens").asInt() + before.path("answerTokens").asInt();
    assertThat(slots.get(1).path("cachedTokens").asInt()).isEqualTo(held);
  }

  @Test
  void theSlotsTellWhoHeldThem() throws IOException {
    ask(question("[simulate: 5 tokens, for tester-7]"));
    JsonNode slot = slots().get(0);
    assertThat(slot.path("who").asText()).isEqualTo("tester-7");
    JsonNode times = slot.path("times");
    assertThat(times.path("seated").asLong())
        .isBetween(times.path("came").asLong(), times.path("spoke").asLong());
    assertThat(times.path("ended").asLong()).isGreaterThanOrEqualTo(times.path("spoke").asLong());
  }

  private static ObjectNode question(String text) throws IOException {
    ObjectNode body = JSON.createObjectNode().put("model", "m").put("stream", false);
    body.putArray("tools").add(JSON.readTree(TOOL));
    body.putArray("messages").addObject().put("role", "user").put("content", text);
    return body;
  }

  private JsonNode ask(ObjectNode body) throws IOException {
    return exchange(RawExchange.post("/api/chat", body.toString()));
  }

  private JsonNode slots() throws IOException {
    return exchange(RawExchange.get("/__slots"));
  }

  private JsonNode exchange(String request) throws IOException {
    try (RawExchange exchange = new RawExchange(simulator, request)) {
      String all = exchange.all();
      return JSON.readTree(all.substring(all.indexOf("\r\n\r\n") + 4));
    }
  }
}
