package com.visiquate.ccproxy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.simulator.Simulator;
import com.visiquate.ccproxy.simulator.engine.Seen;
import com.visiquate.ccproxy.simulator.request.Ask;
import com.visiquate.ccproxy.simulator.speech.Gate;
import com.visiquate.ccproxy.simulator.speech.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** A swarm at once. */
@Tag("endtoend")
@Isolated
final class ManyStreamsTest {
  private static final int STREAMS = 300;
  private static final int TOKENS = 200;
  private static final int SLOTS = 4;
  private static final long LEAK_BYTES = 32L << 20;

  @Test
  void bringEveryByteInOrder() throws Exception {
    try (Stack stack = Stack.start(swarm());
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      stack.ollamas().forEach(ollama -> ollama.script(ManyStreamsTest::speech));
      ask(stack, clients, 20);
      long before = heap();

      ask(stack, clients, STREAMS);

      assertThat(heap() - before).as("heap growth").isLessThan(LEAK_BYTES);
      stack.ollamas().forEach(ManyStreamsTest::assertNothingWaitedThere);
    }
  }

  @Test
  void spreadEvenlyOverEqualIdleBackends() throws Exception {
    int requests = 100;
    try (Stack stack = Stack.start(Recipe.of(3, Recipe.instant().withSlots(50)))) {
      Gate gate = new Gate();
      stack.answer("hold", Script.of(new Script.Step.Hold(gate), new Script.Step.Text("x")));
      List<RawClient> clients = new ArrayList<>();
      for (int i = 0; i < requests; i++) {
        clients.add(stack.asking(Chat.streamed("hold")));
      }
      stack.until(() -> stack.chats() == requests);
      assertThat(stack.ollamas())
          .extracting(ollama -> ollama.seen().requests("/api/chat"))
          .containsExactlyInAnyOrder(34L, 33L, 33L);
      gate.open();
      for (RawClient client : clients) {
        assertThat(client.reply().body()).endsWith(Chat.DONE);
        client.close();
      }
      assertThat(stack.silentWaits()).isZero();
    }
  }

  private static Recipe swarm() {
    return Recipe.of(3, Recipe.instant().withSlots(SLOTS)).with("queue: {length: 1000}");
  }

  private static void ask(Stack stack, ExecutorService clients, int count) {
    List<Future<RawClient.Reply>> replies = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String body = Chat.streamed(Integer.toString(i));
      replies.add(clients.submit(() -> stack.ask(body)));
    }
    for (int i = 0; i < count; i++) {
      RawClient.Reply reply = Waits.done(replies.get(i));
      assertThat(Chat.timeless(reply.body()))
          .isEqualTo(Chat.stream(reply, pieces(Integer.toString(i))));
    }
  }

  private static Optional<Script> speech(Ask ask) {
    return ask.lastUserTurn()
        .map(turn -> Script.text(pieces(turn.content()).toArray(String[]::new)));
  }

  private static List<String> pieces(String question) {
    return IntStream.range(0, TOKENS).mapToObj(i -> "%s-%d é ".formatted(question, i)).toList();
  }

  private static void assertNothingWaitedThere(Simulator ollama) {
    Seen seen = ollama.seen();
    Map<String, Integer> over =
        seen.peaks().entrySet().stream()
            .filter(peak -> peak.getValue() > SLOTS)
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    assertThat(over).isEmpty();
    assertThat(seen.silentWaits()).isZero();
    assertThat(seen.requests("/api/chat")).isPositive();
  }

  private static long heap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
