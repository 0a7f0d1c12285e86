package com.visiquate.ccproxy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.simulator.speech.Gate;
import com.visiquate.ccproxy.simulator.speech.Script;
import com.visiquate.ccproxy.simulator.speech.Script.Step;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Three gateways that act as one, over a real Hazelcast on loopback. */
@Tag("endtoend")
final class NodesTest {
  private static Nodes nodes;
  private final Gate gate = new Gate();
  private final List<AutoCloseable> open = new ArrayList<>();

  @BeforeAll
  static void start() throws IOException {
    nodes = Nodes.start(Recipe.instant(), 3);
  }

  @AfterAll
  static void stop() {
    nodes.close();
  }

  @AfterEach
  void close() throws Exception {
    gate.open();
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
    nodes.until(() -> nodes.running() == 0);
  }

  @Test
  void anyOfThemMayBeAsked() throws Exception {
    long before = nodes.chats();
    for (int i = 0; i < 3; i++) {
      assertThat(nodes.node(i).read("/v1/models").body()).contains("\"m\"");
      for (int turn = 0; turn < 4; turn++) {
        try (RawClient client = nodes.node(i).asking(Chat.whole("hello " + i + turn))) {
          assertThat(client.reply().status()).isEqualTo(200);
        }
      }
    }
    assertThat(nodes.chats() - before).isEqualTo(12);
    assertThat(nodes.silentWaits()).isZero();
  }

  @Test
  void onesClientsUseTheSlotsOfAll() throws Exception {
    nodes.answer("hold", held());
    for (int i = 0; i < 3; i++) {
      assertThat(opened(nodes.node(2).asking(Chat.streamed("hold"))).head().status())
          .isEqualTo(200);
    }
    nodes.until(() -> nodes.running() == 3);
    assertThat(nodes.silentWaits()).isZero();
  }

  @Test
  void longAnswersOfOthersComeWhole() throws Exception {
    nodes.answer("long", Script.tokens(3_000));
    nodes.answer("hold", held());
    for (int i = 0; i < 3; i++) {
      RawClient client = opened(nodes.node(i).asking(Chat.streamed("long")));
      RawClient.Reply head = client.head();
      List<String> pieces = new ArrayList<>();
      for (int token = 0; token < 3_000; token++) {
        pieces.add("t" + token + " ");
      }
      String body = Chat.timeless(client.rest(head).body()).replace(Chat.PING, "");
      assertThat(body.equals(Chat.stream(head, pieces)))
          .as(body.substring(body.length() - 500))
          .isTrue();
      opened(nodes.node(0).asking(Chat.streamed("hold"))).head();
    }
  }

  @Test
  void aClientThatLeavesStopsItsRunElsewhere() throws Exception {
    nodes.answer("hold", held());
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      clients.add(nodes.node(1).asking(Chat.streamed("hold")));
      clients.getLast().head();
    }
    nodes.until(() -> nodes.running() == 3);
    for (RawClient client : clients) {
      client.reset();
    }
    nodes.until(() -> nodes.running() == 0);
  }

  @Test
  void eachShowsTheQueueOfAll() throws Exception {
    busy(nodes);
    opened(nodes.node(1).asking(Chat.streamed("next")));
    for (int i = 0; i < 3; i++) {
      int number = i;
      nodes.until(() -> waiting(nodes.node(number)) == 1);
    }
  }

  @Test
  void everyMeterSaysWhoseItIs() throws Exception {
    opened(nodes.node(1).asking(Chat.whole("hello"))).reply();
    List<String> meters =
        nodes
            .node(1)
            .read("/metrics")
            .body()
            .lines()
            .filter(line -> !line.startsWith("#"))
            .toList();
    assertThat(meters)
        .anyMatch(line -> line.startsWith("ccproxy_prompt_error_bucket"))
        .anyMatch(line -> line.startsWith("ccproxy_requests_total"))
        .allMatch(line -> line.contains("node=\"node-1\""));
  }

  @Test
  void whoeverWaitsIsServedWhenTheLeaderEnds() throws Exception {
    Nodes nodes = opened(Nodes.start(Recipe.instant(), 3));
    busy(nodes);
    nodes.answer("next", Script.text("n"));
    List<RawClient> waiting = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      waiting.add(opened(nodes.node(1 + i % 2).asking(Chat.streamed("next"))));
    }
    nodes.until(() -> waiting(nodes.node(2)) == 6);
    nodes.node(0).end();
    gate.open();
    for (RawClient client : waiting) {
      RawClient.Reply reply = client.reply();
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.body().replace(Chat.PING, "")).contains("\"n\"").endsWith(Chat.DONE);
    }
    assertThat(nodes.silentWaits()).isZero();
  }

  /** Every slot is taken. */
  private void busy(Nodes nodes) throws IOException {
    nodes.answer("hold", held());
    for (int i = 0; i < 3; i++) {
      opened(nodes.node(i).asking(Chat.streamed("hold"))).head();
    }
    nodes.until(() -> nodes.running() == 3);
  }

  private static int waiting(Nodes.Node node) {
    try {
      JsonObject queue = new JsonObject(node.read("/ccproxy/queue").body());
      return queue
          .getJsonArray("models", new JsonArray())
          .getJsonObject(0)
          .getJsonArray("queue")
          .size();
    } catch (IOException broken) {
      throw new AssertionError(broken);
    }
  }

  private Script held() {
    return Script.of(new Step.Text("a"), new Step.Hold(gate), new Step.Text("b"));
  }

  private <T extends AutoCloseable> T opened(T one) {
    open.add(one);
    return one;
  }
}
