package com.visiquate.ccproxy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.ExchangeEnded;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.simulator.fault.Extent;
import com.visiquate.ccproxy.simulator.fault.Fault;
import com.visiquate.ccproxy.simulator.speech.Script;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Faults, impatient clients and a death, all at once: the books must balance afterwards. */
@Tag("endtoend")
final class ChaosTest {
  private static final int REQUESTS = 200;
  private static final int SLOTS = 3;
  private static final int OLLAMAS = 3;
  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  @Test
  void endsEveryRequestOnceAndFreesEverySlot() throws Exception {
    System.out.println("seed " + seed);
    Recipe recipe =
        Recipe.of(OLLAMAS, Recipe.instant().withSlots(SLOTS)).with("queue: {length: 1000}");
    try (Stack stack = Stack.start(recipe);
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      stack.answer("q", Script.tokens(50));
      misbehave(stack);
      List<Future<?>> asked = new ArrayList<>();
      for (int i = 0; i < REQUESTS; i++) {
        boolean leaves = random.nextInt(4) == 0;
        String body = random.nextBoolean() ? Chat.streamed("q") : Chat.whole("q");
        asked.add(clients.submit(() -> leaves ? leave(stack, body) : stay(stack, body)));
      }
      Waits.done(stack.ollama(0).restart());
      asked.forEach(Waits::done);
      assertBalanced(stack);
    }
  }

  private static void misbehave(Stack stack) {
    List<Fault> faults =
        List.of(
            new Fault.Reset(0),
            new Fault.Reset(20),
            new Fault.SilentEnd(10),
            new Fault.Truncated(5),
            Fault.ErrorLine.runnerKilled(7),
            Fault.Status.error(503, "busy"));
    stack
        .ollamas()
        .forEach(ollama -> faults.forEach(fault -> ollama.inject(fault, new Extent.Share(0.03))));
  }

  private static String leave(Stack stack, String body) throws IOException {
    RawClient client = stack.asking(body);
    client.reset();
    return "";
  }

  /** A stream ends with its proper end or with an error, and never just so. */
  private static String stay(Stack stack, String body) throws IOException {
    RawClient.Reply reply = stack.ask(body);
    assertThat(reply.properlyEnded()).isTrue();
    if (!reply.body().endsWith(Chat.DONE)) {
      assertThat(reply.body()).containsAnyOf("{\"error\":{", "\"object\":\"chat.completion\"");
    }
    return reply.body();
  }

  private void assertBalanced(Stack stack) {
    Set<ExchangeId> seen = new HashSet<>();
    for (int i = 0; i < REQUESTS; i++) {
      ExchangeEnded end = stack.nextEnd();
      assertThat(seen.add(end.exchange())).as("ended twice: %s", end).isTrue();
    }
    assertThat(stack.endsLeft()).isZero();
    for (int i = 0; i < OLLAMAS; i++) {
      stack.untilMetric("ccproxy_slots_running{backend=\"b%d\"} 0.0".formatted(i));
      stack.untilMetric("ccproxy_slots_ghosts{backend=\"b%d\"} 0.0".formatted(i));
      stack.untilSeen(i, now -> now.runningNow() == 0);
      assertThat(stack.ollama(i).seen().peaks().values()).allMatch(peak -> peak <= SLOTS);
    }
    stack.untilMetric("ccproxy_queue_waiting{class=\"normal\",model=\"m\"} 0.0");
    assertThat(stack.silentWaits()).isZero();
  }
}
