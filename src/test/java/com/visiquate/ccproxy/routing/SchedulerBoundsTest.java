package com.visiquate.ccproxy.routing;

import static com.visiquate.ccproxy.routing.Fixture.DEEP;
import static com.visiquate.ccproxy.routing.Fixture.FAST;
import static com.visiquate.ccproxy.routing.Fixture.START;
import static com.visiquate.ccproxy.routing.Fixture.at;
import static com.visiquate.ccproxy.routing.Fixture.backend;
import static com.visiquate.ccproxy.routing.Fixture.bounds;
import static com.visiquate.ccproxy.routing.Fixture.completed;
import static com.visiquate.ccproxy.routing.Fixture.equalBackends;
import static com.visiquate.ccproxy.routing.Fixture.exchange;
import static com.visiquate.ccproxy.routing.Fixture.id;
import static com.visiquate.ccproxy.routing.Fixture.model;
import static com.visiquate.ccproxy.routing.Fixture.plan;
import static com.visiquate.ccproxy.routing.Fixture.submission;
import static com.visiquate.ccproxy.routing.Fixture.with;
import static com.visiquate.ccproxy.routing.Floor.failure;
import static com.visiquate.ccproxy.routing.Floor.only;
import static com.visiquate.ccproxy.routing.Floor.startedOn;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.BusMessage.Ended;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.Failure.Kind;
import com.visiquate.ccproxy.fleet.BackendSpec;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.fleet.Priority;
import com.visiquate.ccproxy.fleet.QueueBounds;
import com.visiquate.ccproxy.fleet.Strategy;
import com.visiquate.ccproxy.routing.request.RoutingEffect;
import com.visiquate.ccproxy.routing.request.Submission;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** How many wait, how long, and that nobody waits for ever. */
@Execution(ExecutionMode.CONCURRENT)
final class SchedulerBoundsTest {

  @Test
  void refusesWhenEveryPlaceIsTaken() {
    Floor floor = new Floor(equalBackends(1, 1, bounds(2)));
    for (int i = 0; i < 3; i++) {
      floor.submit(submission(i), START);
    }
    Failure full = failure(floor.submit(submission(3), START));
    assertThat(full.kind()).isEqualTo(Kind.QUEUE_FULL);
    assertThat(full.retryAfter()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    assertThat(floor.scheduler().openExchanges()).isEqualTo(3);
  }

  @Test
  void startsWithoutAWaitingRoomWhatFindsASlot() {
    Floor floor = new Floor(equalBackends(1, 1, bounds(0)));
    assertThat(startedOn(floor.submit(submission(0), START))).hasSize(1);
    assertThat(failure(floor.submit(submission(1), START)).kind()).isEqualTo(Kind.QUEUE_FULL);
  }

  @Test
  void refusesInsteadOfStartingWhatHasWaitedTooLong() {
    Floor floor = new Floor(equalBackends(1, 1, bounds(9)));
    floor.submit(submission(0), START);
    floor.submit(submission(1), START);
    List<RoutingEffect> effects =
        floor.scheduler().finished(completed(exchange(0), id("b1")), at(300));
    RoutingEffect.Fail fail = only(RoutingEffect.Fail.class, effects).getFirst();
    assertThat(fail.failure().kind()).isEqualTo(Kind.QUEUE_TIMEOUT);
    assertThat(fail.outcome()).isEqualTo(Outcome.TIMEOUT);
    assertThat(fail.placement()).isNull();
    assertThat(startedOn(effects)).isEmpty();
  }

  @Test
  void wakesForTheDeadlineOfAWaitingRequest() {
    Floor floor = new Floor(equalBackends(1, 1, bounds(9)));
    floor.submit(submission(0), START);
    List<RoutingEffect> effects = floor.submit(submission(1, FAST, Priority.NORMAL, at(2)), START);
    assertThat(only(RoutingEffect.WakeAt.class, effects))
        .last()
        .matches(it -> !it.instant().isAfter(at(2)));
    assertThat(failure(floor.scheduler().tick(at(2))).kind()).isEqualTo(Kind.QUEUE_TIMEOUT);
  }

  @Test
  void refusesAtOnceWhatIsKnownToWaitTooLong() {
    QueueBounds bounds = new QueueBounds(100, Duration.ofSeconds(5));
    Floor floor = new Floor(equalBackends(1, 1, bounds));
    for (int i = 0; i < 6; i++) {
      floor.submit(submission(i), at(i));
      floor.finish(completed(exchange(i), id("b1")), at(i + 0.5));
    }
    List<RoutingEffect> effects = new ArrayList<>();
    for (int i = 10; i < 30 && only(RoutingEffect.Refuse.class, effects).isEmpty(); i++) {
      effects.addAll(floor.submit(submission(i), at(10)));
    }
    assertThat(failure(effects).kind()).isEqualTo(Kind.QUEUE_TIMEOUT);
    assertThat(only(RoutingEffect.Wait.class, effects)).hasSizeBetween(3, 6);
  }

  @Test
  void doesNotRefuseBecauseOfAGuess() {
    Floor floor = new Floor(equalBackends(1, 1, new QueueBounds(100, Duration.ofSeconds(5))));
    for (int i = 0; i < 50; i++) {
      assertThat(only(RoutingEffect.Refuse.class, floor.submit(submission(i), START))).isEmpty();
    }
  }

  @Test
  void letsModelsThatShareABackendTakeTurns() {
    List<BackendSpec> backends = List.of(backend("b1", 2));
    Floor floor =
        new Floor(
            with(
                Strategy.LEAST_REQUESTS,
                plan(backends, List.of(model(FAST, "b1"), model(DEEP, "b1")), bounds(99))));
    floor.submit(submission(0), START);
    floor.submit(submission(1, DEEP, Priority.NORMAL), START);
    // The slot beside the first would be free, but the other model has waited longer.
    assertThat(startedOn(floor.submit(submission(2), START))).isEmpty();
    assertThat(floor.finish(completed(exchange(0), id("b1")), at(1)))
        .extracting(start -> start.submission().exchange())
        .containsExactly(exchange(1));
    assertThat(floor.finish(completed(exchange(1), id("b1")), at(2)))
        .extracting(start -> start.submission().exchange())
        .containsExactly(exchange(2));
  }

  @Test
  void runsSeveralModelsWhereTheyFitTogether() {
    List<BackendSpec> backends = List.of(backend("b1", 1, 2));
    Floor floor =
        new Floor(plan(backends, List.of(model(FAST, "b1"), model(DEEP, "b1")), bounds(99)));
    floor.submit(submission(0), START);
    assertThat(startedOn(floor.submit(submission(1, DEEP, Priority.NORMAL), START))).hasSize(1);
  }

  @Test
  void runsNoMoreOnAMachineThanItMay() {
    FleetPlan free =
        plan(
            List.of(Fixture.onOneMachine("b1", 2), Fixture.onOneMachine("b2", 2), backend("b3", 1)),
            List.of(model(FAST, "b1", "b2", "b3")),
            bounds(9));
    FleetPlan bounded =
        new FleetPlan(
            free.backends(),
            Map.of("mac", 3),
            free.catalogue(),
            free.routing(),
            free.queue(),
            free.priorities(),
            free.limits(),
            free.waiting(),
            List.of());
    Floor floor = new Floor(bounded);
    for (int i = 0; i < 6; i++) {
      floor.submit(submission(i), START);
    }
    assertThat(floor.starts()).hasSize(4);
    RoutingEffect.Start some =
        floor.starts().stream()
            .filter(start -> !start.placement().backend().equals(id("b3")))
            .findFirst()
            .orElseThrow();
    Ended ended = completed(some.submission().exchange(), some.placement().backend());
    assertThat(floor.finish(ended, at(1))).hasSize(1);
    assertThat(floor.note(floor.scheduler().replan(free, at(2)))).isNotEmpty();
    assertThat(floor.starts()).hasSize(6);
  }

  @Test
  void boundsEachClassByItself() {
    QueueBounds.Bound one = new QueueBounds.Bound(1, Duration.ofSeconds(10));
    QueueBounds.Bound two = new QueueBounds.Bound(2, Duration.ofSeconds(1_000));
    Floor floor = new Floor(equalBackends(1, 1, new QueueBounds(one, one, two)));
    floor.submit(submission(0), START);
    floor.submit(submission(1), START);
    assertThat(failure(floor.submit(submission(2), START)).kind()).isEqualTo(Kind.QUEUE_FULL);
    for (int i = 3; i < 5; i++) {
      Submission patient = submission(i, FAST, Priority.BACKGROUND);
      assertThat(only(RoutingEffect.Wait.class, floor.submit(patient, START))).hasSize(1);
    }
    Submission more = submission(5, FAST, Priority.BACKGROUND);
    assertThat(only(RoutingEffect.Refuse.class, floor.submit(more, START))).hasSize(1);
    assertThat(only(RoutingEffect.Fail.class, floor.scheduler().tick(at(11))))
        .extracting(fail -> fail.submission().exchange())
        .containsExactly(exchange(1));
    assertThat(only(RoutingEffect.Fail.class, floor.scheduler().tick(at(1_001)))).hasSize(2);
  }

  @Test
  void tellsNewPlacesSeldom() {
    Floor floor = new Floor(equalBackends(1, 1, bounds(9)));
    for (int i = 0; i < 3; i++) {
      floor.submit(submission(i), START);
    }
    List<RoutingEffect> early = floor.scheduler().finished(completed(exchange(0), id("b1")), at(1));
    assertThat(only(RoutingEffect.Still.class, early)).isEmpty();
    List<RoutingEffect.Still> later =
        only(RoutingEffect.Still.class, floor.scheduler().tick(at(6)));
    assertThat(later).extracting(RoutingEffect.Still::place).containsExactly(1);
    assertThat(only(RoutingEffect.Still.class, floor.scheduler().tick(at(12)))).isEmpty();
  }

  @Test
  void tellsTheExpectedDepthOfEveryBackend() {
    Floor floor = new Floor(equalBackends(2, 1, bounds(99)));
    for (int i = 0; i < 7; i++) {
      floor.submit(submission(i), START);
    }
    List<RoutingEffect> effects = floor.scheduler().tick(at(1));
    assertThat(only(RoutingEffect.Expect.class, effects))
        .extracting(RoutingEffect.Expect::waiting)
        .contains(3, 2);
    assertThat(effects).contains(new RoutingEffect.Depth(FAST, Priority.NORMAL, 5));
  }

  @Test
  // Far more than it needs on a busy machine, far less than a walk through all for every event.
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void copesWithAHundredThousandWaitingRequests() {
    Floor floor = new Floor(equalBackends(3, 2, bounds(200_000)));
    List<Priority> classes = List.of(Priority.values());
    for (int i = 0; i < 100_000; i++) {
      floor.submit(submission(i, FAST, classes.get(i % 3)), START);
    }
    Deque<RoutingEffect.Start> running = new ArrayDeque<>(floor.starts());
    for (int i = 0; i < 20_000; i++) {
      RoutingEffect.Start done = running.removeFirst();
      running.addAll(
          floor.finish(
              completed(done.submission().exchange(), done.placement().backend()),
              START.plusMillis(i)));
    }
    assertThat(floor.scheduler().openExchanges()).isEqualTo(80_000);
  }
}
