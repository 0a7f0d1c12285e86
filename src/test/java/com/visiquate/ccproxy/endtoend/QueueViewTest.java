package com.visiquate.ccproxy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.simulator.speech.Gate;
import com.visiquate.ccproxy.simulator.speech.Script;
import com.visiquate.ccproxy.simulator.speech.Script.Step;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What clients and operators are told of the queue. */
@Tag("endtoend")
final class QueueViewTest {
  private static final String SECRET = "sk-very-secret";

  private final Gate gate = new Gate();
  private final Stack stack =
      Stack.start(
          Recipe.of(1, Recipe.instant()).with("queue: {length: 1, background: {length: 0}}"));
  private final RawClient running;
  private final RawClient.Reply first;
  private final RawClient waiting;

  QueueViewTest() throws IOException {
    stack.answer("hold", Script.of(new Step.Text("a"), new Step.Hold(gate)));
    stack.answer("next", Script.text("b"));
    running = ask("hold", Map.of("authorization", "Bearer " + SECRET));
    first = running.head();
    waiting = ask("next", Map.of("x-ccproxy-client", "agent-1"));
  }

  @BeforeEach
  void untilOneWaits() {
    stack.untilMetric("ccproxy_queue_waiting{class=\"normal\",model=\"m\"} 1.0");
  }

  @AfterEach
  void close() throws IOException {
    running.close();
    waiting.close();
    stack.close();
  }

  @Test
  void showsWhoRunsAndWhoWaitsButNoPromptAndNoKey() throws IOException {
    RawClient.Reply reply = stack.read("/ccproxy/queue");
    assertThat(reply.header("content-type")).isEqualTo("application/json");
    JsonObject json = new JsonObject(reply.body());
    JsonObject backend = json.getJsonArray("backends").getJsonObject(0);
    assertThat(backend.getInteger("slots")).isEqualTo(1);
    JsonObject taken = backend.getJsonArray("taken").getJsonObject(0);
    assertThat(taken.getString("client")).startsWith("key-");
    JsonArray queue = json.getJsonArray("models").getJsonObject(0).getJsonArray("queue");
    assertThat(queue).hasSize(1);
    assertThat(queue.getJsonObject(0).getString("client")).isEqualTo("agent-1");
    assertThat(queue.getJsonObject(0).getInteger("place")).isEqualTo(1);
    assertThat(reply.body()).doesNotContain(SECRET, "hold", "next");
  }

  @Test
  void isATableWhereTextIsWanted() throws IOException {
    String table = stack.read("/ccproxy/queue?format=text").body();
    assertThat(table).contains("1 waiting").contains("agent-1").doesNotContain(SECRET, "hold");
  }

  @Test
  void tellsARefusedClientWhereItWouldHaveStood() throws IOException {
    try (RawClient refused = ask("more", Map.of())) {
      RawClient.Reply reply = refused.reply();
      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.header("x-ccproxy-queue-place")).isEqualTo("2");
      assertThat(Long.parseLong(reply.header("x-ccproxy-queue-estimate-ms"))).isNotNegative();
    }
  }

  @Test
  void tellsAClientWhereItStoodAndBoundsEachClassByItself() throws IOException {
    try (RawClient refused = ask("more", Map.of("x-ccproxy-priority", "background"))) {
      assertThat(refused.reply().status()).isEqualTo(503);
    }
    try (RawClient urgent = ask("next", Map.of("x-ccproxy-priority", "interactive"))) {
      stack.untilMetric("ccproxy_queue_waiting{class=\"interactive\",model=\"m\"} 1.0");
      gate.open();
      assertThat(urgent.head().header("x-ccproxy-queue-place")).isEqualTo("1");
      assertThat(waiting.head().headers()).containsKey("x-ccproxy-queue-estimate-ms");
      assertThat(first.headers()).doesNotContainKey("x-ccproxy-queue-place");
    }
  }

  private RawClient ask(String question, Map<String, String> headers) throws IOException {
    return stack.client().post(Chat.PATH, Chat.streamed(question), headers);
  }
}
