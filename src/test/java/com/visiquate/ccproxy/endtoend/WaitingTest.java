package com.visiquate.ccproxy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.fleet.Outcome;
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

/** What clients see while the only slot is taken. */
@Tag("endtoend")
final class WaitingTest {
  private static final String SIGNS = "waiting: {commit-after: 50ms, heartbeat: 50ms}";
  private static final String WAITS = "ccproxy_queue_waiting{class=\"normal\",model=\"m\"} ";
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
  void streamingClientsHearAPingAfterAWhile() throws IOException {
    Stack stack = busy(SIGNS);
    RawClient client = opened(stack.asking(Chat.streamed("next")));
    RawClient.Reply head = client.head();
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("x-ccproxy-model")).isEqualTo("m");
    assertThat(client.text()).isEqualTo(Chat.PING);
    assertThat(client.text()).isEqualTo(Chat.PING);
    gate.open();
    String rest = Chat.timeless(client.rest(head).body());
    assertThat(rest.replace(Chat.PING, "")).isEqualTo(Chat.stream(head, "n"));
  }

  @Test
  void beyondTheQueueTheyAreRefusedAndToldWhenToComeBack() throws IOException {
    Stack stack = busy("queue: {length: 1}");
    opened(stack.asking(Chat.streamed("next")));
    stack.untilMetric(WAITS + "1.0");
    for (String form : new String[] {Chat.streamed("next"), Chat.whole("next")}) {
      RawClient.Reply refused = stack.ask(form);
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.body())
          .isEqualTo(
              Chat.error(
                  "All local models are busy; the queue is full. Please retry.",
                  "service_unavailable_error",
                  "queue_full"));
      assertThat(Integer.parseInt(refused.header("retry-after"))).isBetween(1, 54);
      assertThat(Integer.parseInt(refused.header("retry-after-ms"))).isBetween(1_600, 54_000);
      assertThat(refused.header("x-should-retry")).isEqualTo("true");
      assertThat(refused.header("x-request-id")).isNotEmpty();
      assertThat(stack.nextEnd().outcome()).isEqualTo(Outcome.REFUSED);
    }
    assertThat(stack.chats()).isEqualTo(1);
  }

  @Test
  void forTooLongHasAStatusWhenNothingWasSent() throws IOException {
    Stack stack = busy("queue: {wait: 100ms}");
    RawClient.Reply refused = stack.ask(Chat.streamed("next"));
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.body()).contains("\"code\":\"queue_timeout\"");
    assertThat(refused.header("x-should-retry")).isEqualTo("true");
    assertThat(stack.nextEnd().outcome()).isEqualTo(Outcome.TIMEOUT);
    assertThat(stack.chats()).isEqualTo(1);
  }

  @Test
  void forTooLongIsToldInTheStreamAfterAPing() throws IOException {
    Stack stack = busy("queue: {wait: 300ms}\n" + SIGNS);
    RawClient.Reply reply = stack.ask(Chat.streamed("next"));
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body())
        .matches("(: ping\n)+data: \\{\"error\":\\{.*\"code\":\"queue_timeout\"}}\n\n");
    assertThat(reply.properlyEnded()).isTrue();
  }

  @Test
  void pastTheDeadlineOfItsClientIsATimeout() throws IOException {
    Stack stack = busy("");
    RawClient client = opened(stack.client());
    client.post(Chat.PATH, Chat.whole("next"), Map.of("x-stainless-timeout", "1"));
    RawClient.Reply reply = client.reply();
    assertThat(reply.status()).isIn(503, 504);
    assertThat(stack.nextEnd().outcome()).isEqualTo(Outcome.TIMEOUT);
    assertThat(stack.chats()).isEqualTo(1);
  }

  @Test
  void isInTheOrderOfArrivalUnlessTheClassIsHigher() throws IOException {
    Stack stack = busy("");
    List<RawClient> clients = new ArrayList<>();
    for (String priority : new String[] {"background", "normal", "interactive"}) {
      RawClient client = opened(stack.client());
      clients.add(
          client.post(Chat.PATH, Chat.whole(priority), Map.of("x-ccproxy-priority", priority)));
      stack.untilMetric(WAITS.replace("normal", priority) + "1.0");
    }
    gate.open();
    for (RawClient client : clients) {
      assertThat(client.reply().status()).isEqualTo(200);
    }
    assertThat(stack.ollama(0).seen().last())
        .filteredOn(seen -> seen.path().equals("/api/chat"))
        .extracting(seen -> seen.body().replaceAll("(?s).*\"content\":\"(\\w+)\".*", "$1"))
        .as("the newest first")
        .containsExactly("background", "normal", "interactive", "hold");
    assertThat(stack.silentWaits()).isZero();
  }

  @Test
  void isNotForModelsThatNobodyKnows() throws IOException {
    Stack stack = busy("aliases: {coding: m, chatting: m}");
    RawClient.Reply reply =
        stack.ask("{\"model\":\"codin\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}");
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.body())
        .startsWith("{\"error\":{\"message\":\"The model `codin` does not exist")
        .contains("Nearest known names: coding, ")
        .endsWith("\"param\":\"model\",\"code\":\"model_not_found\"}}");
    assertThat(reply.header("x-should-retry")).isEqualTo("false");
  }

  /** A gateway whose one slot is taken until the gate opens. */
  private Stack busy(String settings) throws IOException {
    Stack stack = opened(Stack.start(Recipe.of(1, Recipe.instant()).with(settings)));
    stack.answer("hold", Script.of(new Step.Text("a"), new Step.Hold(gate), new Step.Text("b")));
    stack.answer("next", Script.text("n"));
    opened(stack.asking(Chat.streamed("hold"))).head();
    return stack;
  }

  private <T extends AutoCloseable> T opened(T each) {
    open.add(each);
    return each;
  }
}
