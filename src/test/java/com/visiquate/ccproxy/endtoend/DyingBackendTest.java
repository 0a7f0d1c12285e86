package com.visiquate.ccproxy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.simulator.speech.Gate;
import com.visiquate.ccproxy.simulator.speech.Script;
import com.visiquate.ccproxy.simulator.speech.Script.Step;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One Ollama dies in the middle of everybody's work. */
@Tag("endtoend")
final class DyingBackendTest {
  private static final String VICTIM = "b0";
  private static final int SLOTS = 2;
  private static final int WAITING = 6;
  private final Gate gate = new Gate();
  private final Stack stack =
      Stack.start(
              Recipe.of(3, Recipe.instant().withSlots(SLOTS))
                  .with("routing: {strategy: round-robin}"))
          .answer("hold", Script.of(new Step.Text("a"), new Step.Hold(gate), new Step.Text("b")))
          .answer("later", Script.text("c"));

  /** A client, and the head of the answer that it gets. */
  private record Streaming(RawClient client, RawClient.Reply head) {}

  @AfterEach
  void close() {
    stack.close();
  }

  @Test
  void breaksOnlyWhatItHadBegun() throws Exception {
    List<Streaming> running = occupyEverySlot();
    List<RawClient> waiting = new ArrayList<>();
    for (int i = 0; i < WAITING; i++) {
      waiting.add(stack.asking(Chat.streamed("later")));
    }
    stack.untilMetric("ccproxy_queue_waiting{class=\"normal\",model=\"m\"} " + WAITING + ".0");

    Waits.done(stack.ollama(0).kill());
    for (Streaming broken : on(running, true)) {
      assertEnd(broken, Chat.begun(broken.head, List.of("a")) + lost());
    }
    gate.open();

    for (Streaming whole : on(running, false)) {
      assertEnd(whole, Chat.stream(whole.head, "a", "b"));
    }
    for (RawClient client : waiting) {
      RawClient.Reply reply = client.reply();
      assertThat(Chat.timeless(reply.body())).isEqualTo(Chat.stream(reply, "c"));
      assertThat(reply.header("x-ccproxy-backend")).isNotEqualTo(VICTIM);
      client.close();
    }
    assertOutcomes();
    assertGetsTrafficAgain();
  }

  private List<Streaming> occupyEverySlot() throws IOException {
    List<Streaming> running = new ArrayList<>();
    for (int i = 0; i < 3 * SLOTS; i++) {
      RawClient client = stack.asking(Chat.streamed("hold"));
      Streaming streaming = new Streaming(client, client.head());
      assertThat(Chat.timeless(client.text())).isEqualTo(Chat.begun(streaming.head, List.of("a")));
      running.add(streaming);
    }
    assertThat(on(running, true)).hasSize(SLOTS);
    return running;
  }

  private static List<Streaming> on(List<Streaming> all, boolean victim) {
    return all.stream()
        .filter(one -> one.head.header("x-ccproxy-backend").equals(VICTIM) == victim)
        .toList();
  }

  private static String lost() {
    return Chat.errorFrame(
        "The connection to the model server broke; please try again.",
        "server_error",
        "upstream_error");
  }

  /** What its first chunk said has been read. */
  private static void assertEnd(Streaming streaming, String whole) throws IOException {
    String read = Chat.begun(streaming.head, List.of("a"));
    RawClient.Reply rest = streaming.client.rest(streaming.head);
    assertThat(read + Chat.timeless(rest.body())).isEqualTo(whole);
    assertThat(rest.properlyEnded()).isTrue();
    streaming.client.close();
  }

  private void assertOutcomes() {
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < 3 * SLOTS + WAITING; i++) {
      outcomes.add(stack.nextEnd().outcome());
    }
    assertThat(outcomes).filteredOn(outcome -> outcome == Outcome.BACKEND_LOST).hasSize(SLOTS);
    assertThat(outcomes)
        .filteredOn(outcome -> outcome == Outcome.COMPLETED)
        .hasSize(2 * SLOTS + WAITING);
    assertThat(stack.endsLeft()).isZero();
    assertThat(stack.silentWaits()).isZero();
  }

  private void assertGetsTrafficAgain() throws IOException {
    stack.untilStatus(0, status -> status.health() == Health.DOWN);
    Waits.done(stack.ollama(0).restart());
    stack.untilUp(0);
    List<String> backends = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      backends.add(stack.ask(Chat.whole("later")).header("x-ccproxy-backend"));
    }
    assertThat(backends).contains(VICTIM);
  }
}
