package com.visiquate.ccproxy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.simulator.speech.Gate;
import com.visiquate.ccproxy.simulator.speech.Script;
import com.visiquate.ccproxy.simulator.speech.Script.Step;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a key may use of three gateways that act as one, over a real Hazelcast on loopback. */
@Tag("endtoend")
final class NodesQuotasTest {
  private static final String KEYS =
      """
      keys:
        - {name: two, key: "sha256:%s", concurrency: 2}
        - {name: one, key: "sha256:%s", requests-per-minute: 1}
      """
          .formatted(KeysTest.digest("two"), KeysTest.digest("one"));

  private final Gate gate = new Gate();
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    gate.open();
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  @Test
  void requestsAtOnceAreThoseOfAllNodesWhoeverLeads() throws Exception {
    Nodes nodes = nodes();
    RawClient first = held(nodes, 0);
    held(nodes, 1);
    for (int i = 0; i < 3; i++) {
      assertTooMany(ask(nodes, i, "two"), "the key two may use 2 requests at once");
    }
    first.reset();
    nodes.until(() -> nodes.running() == 1);
    held(nodes, 0);
    assertTooMany(ask(nodes, 2, "two"), "the key two may use 2 requests at once");

    nodes.node(0).end();
    // Whoever asked there has gone, and so has the one of the other node if it ran there.
    int[] more = new int[1];
    nodes.until(
        () ->
            (more[0] > 0 && isTooMany(nodes, 1) && isTooMany(nodes, 2))
                || (hold(nodes, 2) && ++more[0] > 2));
    assertThat(more[0]).isBetween(1, 2);
  }

  private static boolean isTooMany(Nodes nodes, int number) {
    try {
      return ask(nodes, number, "two").status() == 429;
    } catch (IOException broken) {
      throw new AssertionError(broken);
    }
  }

  @Test
  void requestsAMinuteAreThoseOfAllNodesWhoeverLeads() throws Exception {
    Nodes nodes = nodes();
    assertThat(ask(nodes, 1, "one").status()).isEqualTo(200);
    for (int i = 0; i < 3; i++) {
      assertTooMany(ask(nodes, i, "one"), "the key one may use 1 requests a minute");
    }
    nodes.node(0).end();
    assertTooMany(ask(nodes, 2, "one"), "the key one may use 1 requests a minute");
  }

  private Nodes nodes() throws IOException {
    Nodes nodes = Nodes.start(Recipe.instant(), 3, KEYS);
    open.add(nodes);
    nodes.answer("hold", Script.of(new Step.Text("a"), new Step.Hold(gate), new Step.Text("b")));
    return nodes;
  }

  /** One that runs until the gate opens. */
  private RawClient held(Nodes nodes, int number) throws IOException {
    RawClient client = holding(nodes, number);
    assertThat(client.head().status()).isEqualTo(200);
    return client;
  }

  private boolean hold(Nodes nodes, int number) {
    try {
      return holding(nodes, number).head().status() == 200;
    } catch (IOException broken) {
      throw new AssertionError(broken);
    }
  }

  private RawClient holding(Nodes nodes, int number) throws IOException {
    RawClient client = nodes.node(number).client();
    open.add(client);
    client.post(Chat.PATH, Chat.streamed("hold"), key("two"));
    return client;
  }

  private static RawClient.Reply ask(Nodes nodes, int number, String key) throws IOException {
    try (RawClient client = nodes.node(number).client()) {
      return client.post(Chat.PATH, Chat.whole("x"), key(key)).reply();
    }
  }

  private static Map<String, String> key(String name) {
    return Map.of("Authorization", "Bearer " + name + "'s");
  }

  private static void assertTooMany(RawClient.Reply reply, String words) {
    assertThat(reply.body()).contains(words);
    assertThat(reply.status()).isEqualTo(429);
  }
}
