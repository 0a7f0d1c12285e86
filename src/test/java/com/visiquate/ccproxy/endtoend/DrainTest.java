package com.visiquate.ccproxy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.simulator.speech.Gate;
import com.visiquate.ccproxy.simulator.speech.Script;
import com.visiquate.ccproxy.simulator.speech.Script.Step;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The gateway ends while somebody is still being answered. */
@Tag("endtoend")
final class DrainTest {
  private final Gate gate = new Gate();

  @Test
  void letsAStreamFinish() throws IOException {
    try (Stack stack = stack("30s");
        RawClient running = stack.asking(Chat.streamed("hold"));
        RawClient other = stack.client()) {
      RawClient.Reply head = running.head();
      assertThat(other.request("GET", "/health/readiness").reply().status()).isEqualTo(200);

      Future<Void> drained = stack.gateway().drain();
      stack.until(() -> !isReady(stack));
      assertThat(drained.isComplete()).isFalse();
      assertRefused(other.post(Chat.PATH, Chat.streamed("next")).reply());
      assertThat(stack.read("/health/liveliness").status()).isEqualTo(200);
      gate.open();

      assertThat(Chat.timeless(running.rest(head).body())).isEqualTo(Chat.stream(head, "a", "b"));
      Waits.done(drained);
      assertThat(stack.nextEnd().outcome()).isEqualTo(Outcome.REFUSED);
      assertThat(stack.nextEnd().outcome()).isEqualTo(Outcome.COMPLETED);
      assertThat(stack.chats()).isEqualTo(1);
    }
  }

  @Test
  void endsAStreamThatTakesTooLong() throws IOException {
    try (Stack stack = stack("200ms");
        RawClient running = stack.asking(Chat.streamed("hold"))) {
      RawClient.Reply head = running.head();
      Future<Void> drained = stack.gateway().drain();
      RawClient.Reply rest = running.rest(head);
      assertThat(Chat.timeless(rest.body()))
          .isEqualTo(Chat.begun(head, List.of("a")) + Chat.shuttingDown());
      assertThat(rest.properlyEnded()).isTrue();
      Waits.done(drained);
      assertThat(stack.nextEnd().outcome()).isEqualTo(Outcome.SHUTDOWN);
      stack.untilSeen(0, seen -> seen.aborts().streaming() == 1 && seen.runningNow() == 0);
    }
  }

  @Test
  void refusesWhoWaits() throws IOException {
    try (Stack stack = stack("30s");
        RawClient running = stack.asking(Chat.streamed("hold"));
        RawClient waiting = stack.client()) {
      RawClient.Reply head = running.head();
      waiting.post(Chat.PATH, Chat.whole("next"));
      stack.untilMetric("ccproxy_queue_waiting{class=\"normal\",model=\"m\"} 1.0");
      Future<Void> drained = stack.gateway().drain();
      RawClient.Reply refused = waiting.reply();
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.body()).contains("\"code\":\"shutting_down\"");
      gate.open();
      assertThat(running.rest(head).body()).endsWith(Chat.DONE);
      Waits.done(drained);
    }
  }

  @Test
  void ofAnIdleGatewayIsOverAtOnce() {
    try (Stack stack = stack("30s")) {
      Waits.done(stack.gateway().drain());
    }
  }

  private static boolean isReady(Stack stack) {
    try {
      return stack.read("/health/readiness").status() == 200;
    } catch (IOException broken) {
      throw new AssertionError(broken);
    }
  }

  private static void assertRefused(RawClient.Reply reply) {
    assertThat(reply.status()).isEqualTo(503);
    assertThat("data: " + reply.body() + "\n\n").isEqualTo(Chat.shuttingDown());
    assertThat(reply.header("x-should-retry")).isEqualTo("true");
    assertThat(reply.header("retry-after")).isNotEmpty();
    assertThat(reply.header("connection")).isEqualTo("close");
  }

  private Stack stack(String time) {
    return Stack.start(Recipe.of(1, Recipe.instant()).server("drain: " + time))
        .answer("hold", Script.of(new Step.Text("a"), new Step.Hold(gate), new Step.Text("b")))
        .answer("next", Script.text("n"));
  }
}
