package com.visiquate.ccproxy.routing;

import static com.visiquate.ccproxy.routing.Fixture.FAST;
import static com.visiquate.ccproxy.routing.Fixture.START;
import static com.visiquate.ccproxy.routing.Fixture.at;
import static com.visiquate.ccproxy.routing.Fixture.bounds;
import static com.visiquate.ccproxy.routing.Fixture.equalBackends;
import static com.visiquate.ccproxy.routing.Fixture.exchange;
import static com.visiquate.ccproxy.routing.Fixture.id;
import static com.visiquate.ccproxy.routing.Fixture.with;
import static com.visiquate.ccproxy.routing.Floor.only;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.BusMessage.Ended;
import com.visiquate.ccproxy.bus.BusMessage.FirstToken;
import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.chat.RawJson;
import com.visiquate.ccproxy.chat.ToolCall;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.InstalledModel;
import com.visiquate.ccproxy.fleet.ModelCard;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.fleet.Priority;
import com.visiquate.ccproxy.fleet.RoutingPolicy;
import com.visiquate.ccproxy.fleet.Strategy;
import com.visiquate.ccproxy.http.Advice;
import com.visiquate.ccproxy.routing.request.RoutingEffect;
import com.visiquate.ccproxy.routing.request.Submission;
import com.visiquate.ccproxy.routing.schedule.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators may rely on, in virtual time: every request takes two seconds. */
final class PromisesTest {
  private static final double SERVICE = 2;
  private static final int AGENTS = 20;

  /** For each token; where requests wait, they wait for less than a long prompt would take. */
  private static final long PROMPT_NANOS = 10_000_000;

  /** About ten thousand tokens. */
  private static final Message ROLE = new Message.Instruction("You work here. ".repeat(2_333));

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparing(Event::at).thenComparingInt(Event::number));
  private final Map<Integer, Integer> waits = new HashMap<>();
  private final Map<Integer, Instant> startedAt = new HashMap<>();
  private final Map<Integer, BackendId> ranOn = new HashMap<>();
  private final List<Long> advised = new ArrayList<>();
  private final Random random = new Random(11);

  /** Of which main memory keeps 150,000 tokens. */
  private static final InstalledModel SEVEN =
      new InstalledModel("ollama-" + Fixture.FAST, "d", Set.of())
          .with(ModelCard.UNKNOWN.described("", SwarmOllama.SEVEN_BILLION));

  private Scheduler scheduler = new Scheduler(equalBackends(1, 1, bounds(1)), random, START);
  private Instant now = START;
  private Instant waking = START;
  private int started;
  private int leastCached;
  private int own = 60;
  private Message role = ROLE;

  /** Something that happens then, to a request of this number. */
  private record Event(Instant at, int number, Runnable what) {}

  /** Every agent has a slot of its own, or main memory keeps what it has computed of its own. */
  @ParameterizedTest
  @CsvSource({"0.24.0, 7, 60", "0.33.0, 7, 60", "0.33.0, 1, 2600", "0.33.0, 2, 2600"})
  void agentsOfOneRoleSpreadEvenlyAndComeBackToTheirPrefix(String version, int slots, int length) {
    open(3, slots, 99, version);
    own = length;
    turns(1);
    assertEven(ranOn.values());
    Map<Integer, BackendId> home = Map.copyOf(ranOn);
    turns(2);
    for (int agent = 0; agent < AGENTS; agent++) {
      assertThat(ranOn.get(100 + agent)).as("agent %d", agent).isEqualTo(home.get(agent));
    }
    assertThat(leastCached).isGreaterThan(9_500 + 4 * own);
  }

  /**
   * Ollama overwrites what is not shared in a slot, so with one slot the role is all that is left
   * of short conversations: it is nowhere less than elsewhere, and nobody waits for a certain slot.
   */
  @ParameterizedTest
  @CsvSource({"0.24.0, 1", "0.33.0, 1"})
  void agentsOfWhomOnlyTheRoleIsLeftSpreadEvenlyAgain(String version, int slots) {
    open(3, slots, 99, version);
    turns(1);
    assertEven(ranOn.values());
    turns(2);
    assertEven(IntStream.range(0, AGENTS).mapToObj(agent -> ranOn.get(100 + agent)).toList());
    assertThat(leastCached).isGreaterThan(9_500);
  }

  /** All agents at once, each its turn of this number. */
  private void turns(int turn) {
    leastCached = Integer.MAX_VALUE;
    int first = turn == 1 ? 0 : 100;
    for (int agent = 0; agent < AGENTS; agent++) {
      submit(submission(first + agent, "agent-" + agent, Priority.NORMAL, turn(agent, turn)));
    }
    play();
  }

  private static void assertEven(Collection<BackendId> backends) {
    Map<BackendId, Long> spread =
        backends.stream()
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    assertThat(spread.values()).containsExactlyInAnyOrder(6L, 7L, 7L);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void aGreedyClientDelaysAnInteractiveOneByOneRequestOfEachSlot(int slots) {
    open(2, slots, 1_000, "0.24.0");
    for (int i = 0; i < 500; i++) {
      submit(submission(i, "greedy", Priority.NORMAL, turn(i, 1)));
    }
    playUntil(at(21));
    int before = started;
    Instant came = now;
    submit(submission(999, "human", Priority.INTERACTIVE, turn(999, 1)));
    play();
    assertThat(waits.get(999)).as("nobody started before it").isEqualTo(before);
    Instant freed = came.plusMillis((long) (1_000 * SERVICE));
    assertThat(startedAt.get(999)).as("what ran has ended").isBetween(came, freed);
  }

  @Test
  void refusedClientsComeBackSpreadOutAndAllSucceedInTheEnd() {
    role = new Message.Instruction("You work here.");
    open(3, 8, 50, "0.24.0");
    for (int i = 0; i < 1_074; i++) {
      submit(submission(i, "c" + i, Priority.NORMAL, turn(i, 1)));
    }
    assertThat(advised).hasSize(1_000);
    List<Long> first = List.copyOf(advised);
    play();
    assertThat(ranOn).hasSize(1_074);
    assertThat(advised).allMatch(seconds -> seconds >= 2 && seconds <= 54);
    assertThat(first.stream().distinct().count()).isGreaterThan(1);
  }

  private void open(int backends, int slots, int length, String version) {
    RoutingPolicy policy = new RoutingPolicy(Strategy.LEAST_BUSY, 0.01, Duration.ofSeconds(10));
    scheduler =
        new Scheduler(with(policy, equalBackends(backends, slots, bounds(length))), random, START);
    for (int i = 1; i <= backends; i++) {
      scheduler.status(
          new BackendStatus(
              id("b" + i), Health.UP, version, slots, 0, 0, 0, List.of(), List.of(SEVEN), ""),
          START);
    }
  }

  private void submit(Submission submission) {
    apply(scheduler.submit(submission, now).effects());
  }

  private void play() {
    playUntil(Instant.MAX);
  }

  private void playUntil(Instant end) {
    while (!events.isEmpty() && events.element().at().isBefore(end)) {
      Event next = events.remove();
      now = next.at();
      next.what().run();
    }
    now = end.equals(Instant.MAX) ? now : end;
  }

  private void apply(List<RoutingEffect> effects) {
    only(RoutingEffect.Start.class, effects).forEach(this::start);
    only(RoutingEffect.Refuse.class, effects)
        .forEach(refuse -> again(refuse.submission(), refuse.failure()));
    only(RoutingEffect.Fail.class, effects)
        .forEach(fail -> again(fail.submission(), fail.failure()));
    only(RoutingEffect.WakeAt.class, effects).forEach(wake -> wakeAt(wake.instant()));
  }

  /** Each one replaces those before it. */
  private void wakeAt(Instant at) {
    waking = at;
    in(at, -1, () -> apply(at.equals(waking) ? scheduler.tick(now) : List.of()));
  }

  private void start(RoutingEffect.Start start) {
    int number = number(start.submission());
    waits.put(number, started++);
    startedAt.put(number, now);
    leastCached = Math.min(leastCached, start.estimate().cachedTokens());
    ranOn.put(number, start.placement().backend());
    scheduler.started(start.submission().exchange());
    FirstToken first = new FirstToken(start.submission().exchange(), start.placement().backend());
    in(now.plusSeconds(1), number, () -> apply(scheduler.firstToken(first, now)));
    in(now.plusMillis((long) (1_000 * SERVICE)), number, () -> end(start));
  }

  private void end(RoutingEffect.Start start) {
    int tokens = start.estimate().promptTokens();
    int computed = tokens - start.estimate().cachedTokens();
    Counts counts = new Counts(tokens, 0, 20, 0, computed * PROMPT_NANOS, 1_000_000_000L);
    Message.Assistant answer = (Message.Assistant) turn(number(start.submission()), 2).get(2);
    Ended ended =
        new Ended(
            start.submission().exchange(),
            start.placement().backend(),
            Outcome.COMPLETED,
            counts,
            answer,
            false);
    apply(scheduler.finished(ended, now));
  }

  /** It obeys what it is told. */
  private void again(Submission submission, Failure failure) {
    long seconds = Advice.retryAfter(failure, random);
    advised.add(seconds);
    int number = number(submission);
    Submission next =
        submission(
            number, submission.client().value(), submission.priority(), turn(number, 1), now);
    in(now.plusSeconds(seconds), number, () -> submit(next));
  }

  private void in(Instant at, int number, Runnable what) {
    events.add(new Event(at, number, what));
  }

  private static int number(Submission submission) {
    return Integer.parseInt(submission.exchange().value().substring(1));
  }

  private static Submission submission(
      int number, String client, Priority priority, List<Message> messages) {
    return submission(number, client, priority, messages, START);
  }

  private static Submission submission(
      int number, String client, Priority priority, List<Message> messages, Instant from) {
    ChatRequest request = ChatRequest.of(FAST.value(), messages);
    return new Submission(
        exchange(number),
        0,
        FAST,
        request,
        priority,
        new ClientId(client),
        from.plusSeconds(100_000));
  }

  private List<Message> turn(int agent, int turn) {
    List<Message> messages = new ArrayList<>();
    messages.add(role);
    messages.add(new Message.User("Task number %d. ".formatted(agent % 100).repeat(own)));
    if (turn > 1) {
      ToolCall call = new ToolCall("c", "look", RawJson.EMPTY_OBJECT);
      messages.add(new Message.Assistant("", "", List.of(call)));
      messages.add(new Message.ToolResult("c", "look", "result", List.of()));
    }
    return messages;
  }
}
