package com.visiquate.ccproxy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.ExchangeEnded;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.simulator.Simulator;
import com.visiquate.ccproxy.simulator.model.Generation;
import com.visiquate.ccproxy.simulator.request.Ask;
import com.visiquate.ccproxy.simulator.speech.Gate;
import com.visiquate.ccproxy.simulator.speech.Script;
import com.visiquate.ccproxy.simulator.speech.Script.Step;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A swarm of which most clients leave: in the queue, in the prompt, in the middle of the answer,
 * some for good and some to ask the same again. Gates in the answers say how far each has come, so
 * that nothing here depends on how fast anything is.
 */
@Tag("endtoend")
@Execution(ExecutionMode.CONCURRENT)
final class DepartureSwarmTest {
  private static final int OLLAMAS = 3;
  private static final int SLOTS = 2;
  private static final int AGENTS = 48;

  /** About a thousand tokens. */
  private static final String LONG = "x".repeat(4_000);

  private final Map<String, Agent> agents = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<ExchangeEnded> ends = new ConcurrentLinkedQueue<>();

  /** What a client does. */
  private enum Way {
    STAYS,
    LEAVES_AS_SOON_AS_IT_IS_KNOWN,
    LEAVES_IN_THE_PROMPT,
    LEAVES_IN_THE_ANSWER,
    ASKS_AGAIN_IN_THE_PROMPT,
    ASKS_AGAIN_IN_THE_ANSWER
  }

  /** One client, what it asks, and what holds the answer to that. */
  private record Agent(
      String name, String question, Way way, Gate prompt, Gate answer, AtomicInteger begun) {
    static Agent of(int number, Way way) {
      String name = "agent-" + number;
      return new Agent(name, name + " " + LONG, way, new Gate(), new Gate(), new AtomicInteger());
    }

    Script script() {
      begun.incrementAndGet();
      return Script.of(
          new Step.Hold(prompt), new Step.Text("a"), new Step.Hold(answer), new Step.Text("b"));
    }
  }

  @ParameterizedTest
  @CsvSource({"OLDER, 1", "OLDER, 2", "OLDER, 3", "NEWER, 1", "NEWER, 2"})
  void waitsNowhereInSilenceAndAsksForNothingTwice(Generation line, long seed) throws Exception {
    Random random = new Random(seed);
    for (int i = 0; i < AGENTS; i++) {
      Agent agent = Agent.of(i, Way.values()[random.nextInt(Way.values().length)]);
      agents.put(agent.question, agent);
    }
    Recipe recipe =
        Recipe.of(OLLAMAS, Recipe.instant().withSlots(SLOTS).withGeneration(line))
            .with("queue: {length: 1000}");
    try (Stack stack = Stack.start(recipe);
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      Bus.of(stack.vertx()).listen(Address.EXCHANGE_ENDED, ends::add);
      stack.ollamas().forEach(ollama -> ollama.script(this::scripted));
      List<Future<?>> playing = new ArrayList<>();
      for (Agent agent : agents.values()) {
        playing.add(clients.submit(() -> play(agent, stack, line)));
      }
      playing.forEach(Waits::done);
      assertBalanced(stack, line);
    }
  }

  private Optional<Script> scripted(Ask ask) {
    return ask.lastTurn().map(turn -> agents.get(turn.content())).map(Agent::script);
  }

  private Void play(Agent agent, Stack stack, Generation line) throws IOException {
    switch (agent.way) {
      case STAYS -> stay(agent, stack);
      case LEAVES_AS_SOON_AS_IT_IS_KNOWN -> {
        RawClient client = ask(agent, stack);
        stack.until(() -> queues(stack).contains("\"client\":\"" + agent.name + "\""));
        client.reset();
        free(agent);
      }
      case LEAVES_IN_THE_PROMPT -> {
        leaveInThePrompt(agent, stack);
        free(agent);
      }
      case LEAVES_IN_THE_ANSWER -> {
        leaveInTheAnswer(agent, stack);
        free(agent);
      }
      case ASKS_AGAIN_IN_THE_PROMPT -> {
        leaveInThePrompt(agent, stack);
        askAgain(agent, stack, line);
      }
      case ASKS_AGAIN_IN_THE_ANSWER -> {
        leaveInTheAnswer(agent, stack);
        stay(agent, stack);
      }
    }
    return null;
  }

  private static void stay(Agent agent, Stack stack) throws IOException {
    try (RawClient client = ask(agent, stack)) {
      free(agent);
      assertWhole(client.reply());
    }
  }

  private void leaveInThePrompt(Agent agent, Stack stack) throws IOException {
    RawClient client = ask(agent, stack);
    stack.until(() -> agent.begun.get() == 1);
    client.reset();
    stack.until(() -> ended(agent).count() == 1);
  }

  private void leaveInTheAnswer(Agent agent, Stack stack) throws IOException {
    RawClient client = ask(agent, stack);
    agent.prompt.open();
    client.head();
    client.reset();
    stack.until(() -> ended(agent).count() == 1);
  }

  /** The older line still computes the prompt, and goes on with that for the one who asks. */
  private void askAgain(Agent agent, Stack stack, Generation line) throws IOException {
    if (line == Generation.NEWER) {
      stay(agent, stack);
      return;
    }
    try (RawClient again = ask(agent, stack)) {
      stack.until(() -> hasAdopted(agent, stack));
      free(agent);
      assertWhole(again.reply());
    }
  }

  /** Whether what runs for this client is not what it has given up. */
  private boolean hasAdopted(Agent agent, Stack stack) {
    Set<String> over = new HashSet<>();
    ended(agent).forEach(end -> over.add(end.exchange().value()));
    return new JsonObject(queues(stack))
        .getJsonArray("backends").stream()
            .flatMap(backend -> ((JsonObject) backend).getJsonArray("taken").stream())
            .map(JsonObject.class::cast)
            .filter(taken -> taken.getString("client").equals(agent.name))
            .anyMatch(taken -> !over.contains(taken.getString("exchange")));
  }

  private static String queues(Stack stack) {
    try {
      return stack.read("/ccproxy/queue").body();
    } catch (IOException broken) {
      throw new AssertionError(broken);
    }
  }

  private static void free(Agent agent) {
    agent.prompt.open();
    agent.answer.open();
  }

  private static RawClient ask(Agent agent, Stack stack) throws IOException {
    return stack
        .client()
        .post(Chat.PATH, Chat.streamed(agent.question), Map.of("x-ccproxy-client", agent.name));
  }

  private static void assertWhole(RawClient.Reply reply) {
    assertThat(reply.status()).isEqualTo(200);
    assertThat(Chat.timeless(reply.body())).endsWith(Chat.stream(reply, "a", "b"));
  }

  private Stream<ExchangeEnded> ended(Agent agent) {
    return ends.stream().filter(end -> end.client().value().equals(agent.name));
  }

  private void assertBalanced(Stack stack, Generation line) {
    long asked = agents.values().stream().mapToInt(one -> asks(one.way)).sum();
    stack.until(() -> ends.size() >= asked);
    for (int i = 0; i < OLLAMAS; i++) {
      stack.untilMetric("ccproxy_slots_running{backend=\"b%d\"} 0.0".formatted(i));
      stack.untilMetric("ccproxy_slots_ghosts{backend=\"b%d\"} 0.0".formatted(i));
      stack.untilSeen(i, now -> now.runningNow() == 0);
      assertThat(stack.ollama(i).seen().peaks().values()).allMatch(peak -> peak <= SLOTS);
    }
    stack.untilMetric("ccproxy_queue_waiting{class=\"normal\",model=\"m\"} 0.0");
    Set<ExchangeId> once = new HashSet<>();
    assertThat(ends).hasSize((int) asked).allMatch(end -> once.add(end.exchange()));
    assertThat(ends.stream().filter(end -> end.outcome() == Outcome.COMPLETED).count())
        .isEqualTo(agents.values().stream().filter(one -> hears(one.way)).count());
    assertThat(ends)
        .allMatch(
            end -> end.outcome() == Outcome.COMPLETED || end.outcome() == Outcome.CLIENT_GONE);
    assertThat(stack.silentWaits()).isZero();
    if (line == Generation.OLDER) {
      assertThat(agents.values())
          .filteredOn(agent -> agent.way == Way.ASKS_AGAIN_IN_THE_PROMPT)
          .isNotEmpty()
          .allMatch(agent -> agent.begun.get() == 1, "asked Ollama once");
    }
    assertThat(stack.ollamas().stream().mapToLong(DepartureSwarmTest::chats).sum())
        .isEqualTo(agents.values().stream().mapToInt(agent -> agent.begun.get()).sum());
  }

  private static int asks(Way way) {
    return way == Way.ASKS_AGAIN_IN_THE_PROMPT || way == Way.ASKS_AGAIN_IN_THE_ANSWER ? 2 : 1;
  }

  private static boolean hears(Way way) {
    return way == Way.STAYS || asks(way) == 2;
  }

  private static long chats(Simulator ollama) {
    return ollama.seen().requests("/api/chat");
  }
}
