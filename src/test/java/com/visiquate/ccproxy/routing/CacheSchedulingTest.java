package com.visiquate.ccproxy.routing;

import static com.visiquate.ccproxy.routing.Fixture.FAST;
import static com.visiquate.ccproxy.routing.Fixture.at;
import static com.visiquate.ccproxy.routing.Fixture.bounds;
import static com.visiquate.ccproxy.routing.Fixture.equalBackends;
import static com.visiquate.ccproxy.routing.Fixture.exchange;
import static com.visiquate.ccproxy.routing.Fixture.id;
import static com.visiquate.ccproxy.routing.Fixture.status;
import static com.visiquate.ccproxy.routing.Floor.only;
import static com.visiquate.ccproxy.routing.Floor.startedOn;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.BusMessage.Ended;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.chat.RawJson;
import com.visiquate.ccproxy.chat.ToolCall;
import com.visiquate.ccproxy.fleet.BackendSpec;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.fleet.Priority;
import com.visiquate.ccproxy.fleet.RoutingPolicy;
import com.visiquate.ccproxy.fleet.Strategy;
import com.visiquate.ccproxy.routing.request.RoutingEffect;
import com.visiquate.ccproxy.routing.request.Submission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who gets which slot because of what the slots still hold. */
final class CacheSchedulingTest {
  private static final Duration HOLD = Duration.ofSeconds(30);

  @Test
  void bringsAConversationBackToItsCache() {
    Floor floor = new Floor(plan(3, HOLD));
    String home = startedOn(ask(floor, 0, 0, first("a"))).getFirst();
    finish(floor, 0, home, 1, true);
    for (int turn = 1; turn < 6; turn++) {
      List<Message> next = turn(first("a"), turn);
      assertThat(startedOn(ask(floor, turn, 10 * turn, next))).containsExactly(home);
      finish(floor, turn, home, 10 * turn + 1, true);
    }
  }

  @Test
  void keepsASlotForAConversationThatCalledATool() {
    Floor floor = new Floor(plan(1, HOLD));
    ask(floor, 0, 0, first("a"));
    finish(floor, 0, "b1", 1, true);
    assertThat(startedOn(ask(floor, 1, 2, first("b")))).isEmpty();
    assertThat(startedOn(ask(floor, 2, 3, turn(first("a"), 1)))).containsExactly("b1");
  }

  @Test
  void wakesWhenTheSlotIsKeptNoLonger() {
    Floor floor = new Floor(plan(1, HOLD));
    ask(floor, 0, 0, first("a"));
    finish(floor, 0, "b1", 1, true);
    List<RoutingEffect> effects = ask(floor, 1, 2, first("b"));
    RoutingEffect.WakeAt wake = only(RoutingEffect.WakeAt.class, effects).getLast();
    for (int i = 0; startedOn(effects).isEmpty() && i < 10; i++) {
      effects = floor.note(floor.scheduler().tick(wake.instant()));
      wake = only(RoutingEffect.WakeAt.class, effects).stream().findFirst().orElse(wake);
    }
    assertThat(startedOn(effects)).containsExactly("b1");
    assertThat(wake.instant()).isBefore(at(60));
  }

  @Test
  void keepsNoSlotLongerThanTheConversationWouldLose() {
    Floor floor = new Floor(plan(1, Duration.ofHours(1)));
    ask(floor, 0, 0, first("a"));
    finish(floor, 0, "b1", 1, true);
    ask(floor, 1, 2, first("b"));
    // 6,000 characters in 1,700 tokens at 100 a second.
    assertThat(startedOn(floor.scheduler().tick(at(25)))).containsExactly("b1");
  }

  /** The next hold begins when the slot is free again: else two could take turns for ever. */
  @ParameterizedTest
  @CsvSource({"0.01, false", "4, true"})
  void keepsNoSlotFromSomebodyWhoHasWaitedLongerThanPatienceAllows(double patience, boolean over) {
    RoutingPolicy policy = new RoutingPolicy(Strategy.LEAST_BUSY, patience, HOLD);
    Floor floor = new Floor(Fixture.with(policy, equalBackends(1, 1, bounds(9))));
    ask(floor, 0, 0, first("a"));
    ask(floor, 1, 1, first("b"));
    assertThat(finish(floor, 0, "b1", 20, true)).hasSize(over ? 1 : 0);
  }

  @Test
  void keepsNoSlotWhenHoldsAreOff() {
    Floor floor = new Floor(plan(1, Duration.ZERO));
    ask(floor, 0, 0, first("a"));
    finish(floor, 0, "b1", 1, true);
    assertThat(startedOn(ask(floor, 1, 2, first("b")))).containsExactly("b1");
  }

  @Test
  void keepsNoSlotWhereNobodyMayWait() {
    RoutingPolicy policy = new RoutingPolicy(Strategy.LEAST_BUSY, 0.01, HOLD);
    Floor floor = new Floor(Fixture.with(policy, equalBackends(1, 1, bounds(0))));
    ask(floor, 0, 0, first("a"));
    finish(floor, 0, "b1", 1, true);
    assertThat(startedOn(ask(floor, 1, 2, first("b")))).containsExactly("b1");
  }

  @Test
  void keepsNoSlotForAConversationThatSeemsToBeOver() {
    Floor floor = new Floor(plan(1, HOLD));
    ask(floor, 0, 0, first("a"));
    finish(floor, 0, "b1", 1, false);
    assertThat(startedOn(ask(floor, 1, 1, first("b")))).containsExactly("b1");
  }

  @Test
  void spreadsOverEqualBackendsOfOneMachineThatAllHaveToLoad() {
    List<BackendSpec> specs =
        Stream.of("b1", "b2", "b3").map(name -> Fixture.onOneMachine(name, 50)).toList();
    FleetPlan plan = Fixture.plan(specs, List.of(Fixture.model(FAST, "b1", "b2", "b3")), bounds(9));
    Floor floor = new Floor(plan);
    for (int i = 0; i < 99; i++) {
      ask(floor, i, 0.01 * i, List.of(new Message.User("hello")));
    }
    assertThat(floor.starts())
        .extracting(start -> start.placement().backend().value())
        .filteredOn("b3"::equals)
        .hasSize(33);
  }

  @Test
  void letsANewcomerBeforeAClientThatWasServedALot() {
    Floor floor = new Floor(plan(1, Duration.ZERO));
    for (int i = 0; i < 16; i++) {
      ask(floor, i, 0, first("flood" + (10 + i)));
    }
    for (int i = 0; i < 10; i++) {
      ExchangeId running = floor.running().iterator().next();
      finish(floor, running, "b1", 18 * i + 18, false);
    }
    ExchangeId running = floor.running().iterator().next();
    floor.submit(Fixture.from("newcomer", 99, first("quiet10")), at(190));
    assertThat(finish(floor, running, "b1", 200, false))
        .extracting(start -> start.submission().exchange())
        .containsExactly(exchange(99));
  }

  @Test
  void keepsNoSlotFromAHigherClass() {
    Floor floor = new Floor(plan(1, HOLD));
    ask(floor, 0, 0, first("a"));
    finish(floor, 0, "b1", 1, true);
    Submission urgent = Fixture.submission(1, FAST, Priority.INTERACTIVE, at(100_000), first("b"));
    assertThat(startedOn(floor.submit(urgent, at(2)))).containsExactly("b1");
  }

  @Test
  void startsTheContinuationBeforeOlderColdRequests() {
    Floor floor = new Floor(plan(1, HOLD));
    ask(floor, 0, 0, first("a"));
    finish(floor, 0, "b1", 1, true);
    ask(floor, 1, 1, turn(first("a"), 1));
    ask(floor, 2, 2, first("b"));
    ask(floor, 3, 3, turn(turn(first("a"), 1), 2));
    assertThat(finish(floor, 1, "b1", 4, true))
        .extracting(start -> start.submission().exchange())
        .containsExactly(exchange(3));
  }

  @Test
  void forgetsACacheWhenTheModelWasUnloaded() {
    Floor floor = new Floor(plan(1, HOLD));
    RoutingEffect.Start cold = start(ask(floor, 0, 0, first("a")));
    finish(floor, 0, "b1", 1, true);
    floor.scheduler().status(status("b1", Health.DOWN, 1), at(2));
    floor.scheduler().status(status("b1", Health.UP, 1), at(3));
    RoutingEffect.Start again = start(ask(floor, 1, 4, turn(first("a"), 1)));
    assertThat(cold.estimate().cachedTokens()).isZero();
    assertThat(again.estimate().cachedTokens()).isZero();
  }

  @Test
  void doesNotRefuseTheNextTurnOfACachedConversationForTheLengthOfTheQueue() {
    Floor floor = new Floor(plan(1, HOLD));
    floor.scheduler().status(newer(), at(0));
    for (int i = 0; i < 6; i++) {
      ask(floor, i, 40 * i, first("a" + i));
      finish(floor, i, "b1", 40 * i + 18, true);
    }
    ask(floor, 6, 300, first("b"));
    List<RoutingEffect> cold = new ArrayList<>();
    for (int i = 7; i < 60 && only(RoutingEffect.Refuse.class, cold).isEmpty(); i++) {
      cold.addAll(ask(floor, i, 301, first("c" + i)));
    }
    assertThat(only(RoutingEffect.Refuse.class, cold)).hasSize(1);
    List<RoutingEffect> next = ask(floor, 60, 302, turn(first("a5"), 1));
    assertThat(only(RoutingEffect.Refuse.class, next)).isEmpty();
  }

  private static BackendStatus newer() {
    return new BackendStatus(id("b1"), Health.UP, "0.33.1", 1, 0, 0, 0, List.of(), List.of(), "");
  }

  private static FleetPlan plan(int backends, Duration residency) {
    return Fixture.with(
        new RoutingPolicy(Strategy.LEAST_BUSY, 0.01, residency),
        equalBackends(backends, 1, bounds(99)));
  }

  private static List<RoutingEffect> ask(
      Floor floor, int number, double seconds, List<Message> messages) {
    Submission submission =
        Fixture.submission(number, FAST, Priority.NORMAL, at(100_000), messages);
    return floor.submit(submission, at(seconds));
  }

  private static List<RoutingEffect.Start> finish(
      Floor floor, int number, String backend, double seconds, boolean calls) {
    return finish(floor, exchange(number), backend, seconds, calls);
  }

  private static List<RoutingEffect.Start> finish(
      Floor floor, ExchangeId exchange, String backend, double seconds, boolean calls) {
    Counts counts = new Counts(1_700, 0, 50, 0, 17_000_000_000L, 1_000_000_000L);
    Message.Assistant said = answer(calls);
    return floor.finish(
        new Ended(exchange, id(backend), Outcome.COMPLETED, counts, said, false), at(seconds));
  }

  private static RoutingEffect.Start start(List<RoutingEffect> effects) {
    return only(RoutingEffect.Start.class, effects).getFirst();
  }

  private static List<Message> first(String name) {
    return List.of(new Message.User((name + " ").repeat(3_000)));
  }

  private static List<Message> turn(List<Message> before, int number) {
    List<Message> messages = new ArrayList<>(before);
    messages.add(answer(true));
    messages.add(new Message.User("result " + number));
    return messages;
  }

  private static Message.Assistant answer(boolean calls) {
    ToolCall call = new ToolCall("c", "read", RawJson.EMPTY_OBJECT);
    return new Message.Assistant("I look.", "", calls ? List.of(call) : List.of());
  }
}
