package com.visiquate.ccproxy.routing;

import static com.visiquate.ccproxy.routing.Fixture.START;
import static com.visiquate.ccproxy.routing.Fixture.at;
import static com.visiquate.ccproxy.routing.Fixture.bounds;
import static com.visiquate.ccproxy.routing.Fixture.equalBackends;
import static com.visiquate.ccproxy.routing.Fixture.exchange;
import static com.visiquate.ccproxy.routing.Fixture.id;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import com.visiquate.ccproxy.bus.BusMessage.Ended;
import com.visiquate.ccproxy.bus.BusMessage.FirstToken;
import com.visiquate.ccproxy.bus.BusMessage.GhostGone;
import com.visiquate.ccproxy.bus.BusMessage.Why;
import com.visiquate.ccproxy.bus.Decision.Rule;
import com.visiquate.ccproxy.bus.Decision.Weighed;
import com.visiquate.ccproxy.bus.ScheduleStep;
import com.visiquate.ccproxy.bus.ScheduleStep.GhostFaded;
import com.visiquate.ccproxy.bus.ScheduleStep.Placed;
import com.visiquate.ccproxy.bus.ScheduleStep.Queued;
import com.visiquate.ccproxy.bus.ScheduleStep.SlotEnded;
import com.visiquate.ccproxy.bus.ScheduleStep.SlotKept;
import com.visiquate.ccproxy.bus.ScheduleStep.Spoke;
import com.visiquate.ccproxy.bus.ScheduleStep.Withdrawn;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.chat.RawJson;
import com.visiquate.ccproxy.chat.ToolCall;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.fleet.RoutingPolicy;
import com.visiquate.ccproxy.fleet.Strategy;
import com.visiquate.ccproxy.routing.request.Chronicle;
import com.visiquate.ccproxy.routing.request.Estimate;
import com.visiquate.ccproxy.routing.request.RoutingEffect;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is noted for those who draw it, and why each start was decided as it was. */
final class ChronicleTest {
  private static final Message QUESTION = new Message.User("text ".repeat(1_000));
  private static final Message.Assistant CALL =
      new Message.Assistant(
          "", "", List.of(new ToolCall("c", "read", new RawJson("{\"path\":\"a\"}"))));

  private final Floor floor = new Floor(plan());
  private final Chronicle chronicle = floor.scheduler().chronicle();

  private static FleetPlan plan() {
    RoutingPolicy policy = new RoutingPolicy(Strategy.LEAST_BUSY, 0.01, Duration.ofSeconds(30));
    return Fixture.with(policy, equalBackends(1, 1, bounds(9)));
  }

  @Test
  void notesNothingWhileNobodyListens() {
    ask("a", 0, 0);
    end(0, 5);
    assertThat(chronicle.take()).isEmpty();
  }

  @Test
  void tellsTheWholeCourseOfARequest() {
    chronicle.listen(true);
    ask("a", 0, 0);
    ask("b", 1, 1);
    floor.scheduler().firstToken(new FirstToken(exchange(0), id("b1")), at(3));
    end(0, 5);
    assertThat(chronicle.take())
        .extracting(ScheduleStep::exchange, Object::getClass)
        .containsExactly(
            tuple(exchange(0), Placed.class),
            tuple(exchange(1), Queued.class),
            tuple(exchange(0), Spoke.class),
            tuple(exchange(0), SlotEnded.class),
            tuple(exchange(1), Placed.class));
  }

  @Test
  void tellsTheTermsOfTheScoreThatDecided() {
    ask("a", 0, 0);
    ask("b", 1, 1);
    ask("c", 2, 2);
    chronicle.listen(true);
    RoutingEffect.Start start = end(0, 11).getFirst();
    Placed placed = only(Placed.class).getFirst();
    assertThat(placed.decision().rule()).isEqualTo(Rule.LEAST_COST);
    Weighed chosen = requireNonNull(placed.decision().chosen());
    Weighed next = requireNonNull(placed.decision().next());
    Estimate estimate = start.estimate();
    assertThat(chosen.exchange()).isEqualTo(start.submission().exchange()).isEqualTo(exchange(1));
    assertThat(chosen.terms().service()).isEqualTo(estimate.service());
    assertThat(chosen.terms().waiting()).isCloseTo(0.01 * 10e9, within(1.0));
    assertThat(chosen.terms().sum())
        .isEqualTo(estimate.score(chosen.terms().fairness(), 0.01, 10e9));
    assertThat(next.exchange()).isEqualTo(exchange(2));
    assertThat(next.terms().sum()).isGreaterThan(chosen.terms().sum());
  }

  /** The same request on another backend is what was not chosen, when nobody else waits. */
  @Test
  void tellsWhereElseItCouldHaveStarted() {
    Floor two = new Floor(equalBackends(2, 1, bounds(9)));
    two.scheduler().chronicle().listen(true);
    two.submit(Fixture.from("a", 0, List.of(QUESTION)), START);
    Placed placed = (Placed) two.scheduler().chronicle().take().getFirst();
    Weighed next = requireNonNull(placed.decision().next());
    assertThat(next.exchange()).isEqualTo(exchange(0));
    assertThat(next.backend()).isNotEqualTo(placed.backend());
  }

  @Test
  void weighsNothingInOrderOfArrival() {
    Floor plain = new Floor(Fixture.with(Strategy.ROUND_ROBIN, equalBackends(2, 1, bounds(9))));
    plain.scheduler().chronicle().listen(true);
    plain.submit(Fixture.from("a", 0, List.of(QUESTION)), START);
    Placed placed = (Placed) plain.scheduler().chronicle().take().getFirst();
    assertThat(placed.decision().rule()).isEqualTo(Rule.ARRIVAL);
    assertThat(placed.decision().chosen()).isNull();
  }

  @Test
  void tellsForHowLongASlotIsKept() {
    chronicle.listen(true);
    ask("a", 0, 0);
    floor.finish(
        new Ended(exchange(0), id("b1"), Outcome.COMPLETED, Fixture.COUNTS, CALL, false), at(5));
    SlotKept kept = only(SlotKept.class).getFirst();
    assertThat(kept.at()).isEqualTo(at(5));
    assertThat(kept.until()).isAfter(at(5)).isBeforeOrEqualTo(at(35));
    List<Message> next = List.of(QUESTION, CALL, new Message.User("go on"));
    floor.submit(Fixture.from("a", 1, next), at(6));
    Placed placed = only(Placed.class).getFirst();
    assertThat(placed.subject().prompt().continued()).isNotZero();
    assertThat(placed.cachedTokens()).isPositive();
  }

  @Test
  void tellsOfGhostsAndOfThoseWhoLeaveTheQueue() {
    chronicle.listen(true);
    ask("a", 0, 0);
    ask("b", 1, 1);
    floor.scheduler().left(exchange(1), Why.CLIENT_GONE, at(2));
    floor.scheduler().left(exchange(0), Why.CLIENT_GONE, at(3));
    floor.finish(
        new Ended(exchange(0), id("b1"), Outcome.CLIENT_GONE, Counts.NONE, null, true), at(4));
    floor.scheduler().ghostGone(new GhostGone(exchange(0), id("b1"), true), at(9));
    List<ScheduleStep> steps = chronicle.take();
    assertThat(steps).hasAtLeastOneElementOfType(Withdrawn.class);
    assertThat(steps)
        .filteredOn(SlotEnded.class::isInstance)
        .singleElement()
        .matches(step -> ((SlotEnded) step).ghost());
    assertThat(steps).last().isEqualTo(new GhostFaded(exchange(0), at(9), id("b1")));
  }

  private void ask(String client, long number, double when) {
    Message own = new Message.User(client + " text ".repeat(900 + 100 * (int) number));
    Message question = client.equals("a") ? QUESTION : own;
    floor.submit(Fixture.from(client, number, List.of(question)), at(when));
  }

  private List<RoutingEffect.Start> end(long number, double when) {
    return floor.finish(Fixture.completed(exchange(number), id("b1")), at(when));
  }

  private <T extends ScheduleStep> List<T> only(Class<T> type) {
    return chronicle.take().stream().filter(type::isInstance).map(type::cast).toList();
  }
}
