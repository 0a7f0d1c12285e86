package com.visiquate.ccproxy.routing.schedule;

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
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.BusMessage.Ended;
import com.visiquate.ccproxy.bus.BusMessage.Why;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendSpec;
import com.visiquate.ccproxy.fleet.GhostRule;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.fleet.Priority;
import com.visiquate.ccproxy.routing.Fixture;
import com.visiquate.ccproxy.routing.Floor;
import com.visiquate.ccproxy.routing.request.RoutingEffect;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a submitted request meets: a slot, a place, an end. */
final class SchedulerTest {

  @Test
  void spreadsAHundredRequestsOverThreeIdleBackends() {
    Floor floor = new Floor(equalBackends(3, 40, bounds(256)));
    for (int i = 0; i < 100; i++) {
      floor.submit(submission(i), START);
    }
    assertThat(spread(floor)).containsExactly(33, 33, 34);
  }

  @Test
  void spreadsAHundredRequestsThroughTheWaitingRoom() {
    Floor floor = new Floor(equalBackends(3, 1, bounds(256)));
    for (int i = 0; i < 100; i++) {
      floor.submit(submission(i), START);
    }
    Deque<RoutingEffect.Start> running = new ArrayDeque<>(floor.starts());
    for (int second = 1; !running.isEmpty(); second++) {
      RoutingEffect.Start done = running.removeFirst();
      BackendId where = done.placement().backend();
      running.addAll(floor.finish(completed(done.submission().exchange(), where), at(second)));
    }
    assertThat(spread(floor)).containsExactly(33, 33, 34);
  }

  @Test
  void startsTheHigherClassFirstAndThenTheOlder() {
    Floor floor = new Floor(equalBackends(1, 1, bounds(256)));
    floor.submit(submission(0), START);
    floor.submit(submission(1, Fixture.FAST, Priority.BACKGROUND), START);
    floor.submit(submission(2), START);
    floor.submit(submission(3), START);
    floor.submit(submission(4, Fixture.FAST, Priority.INTERACTIVE), START);
    for (int i : List.of(0, 4, 2, 3, 1)) {
      assertThat(floor.running()).containsExactly(exchange(i));
      floor.finish(completed(exchange(i), id("b1")), at(10));
    }
  }

  /** In the very moment: nothing else may happen for a while. */
  @Test
  void opensABackendAgainWhenWhoeverItWasKeptForStartsElsewhere() {
    BackendSpec fast =
        new BackendSpec(
            id("b2"), URI.create("http://127.0.0.1:11434"), 2, 10, "b2", 1, GhostRule.AUTO);
    Floor floor =
        new Floor(
            plan(
                List.of(backend("b1", 1), fast),
                List.of(model(FAST, "b1", "b2"), model(DEEP, "b2")),
                bounds(9)));
    floor.submit(submission(0, DEEP, Priority.NORMAL), START);
    floor.submit(submission(1, FAST, Priority.NORMAL), START);
    floor.submit(submission(2, FAST, Priority.INTERACTIVE), at(1));
    floor.submit(submission(3, DEEP, Priority.NORMAL), at(1));
    assertThat(floor.running()).containsExactly(exchange(0), exchange(1));

    Counts slow = new Counts(100, 0, 50, 0, 1_000_000_000L, 60_000_000_000L);
    floor.finish(new Ended(exchange(1), id("b1"), Outcome.COMPLETED, slow, null, false), at(1));

    assertThat(floor.running()).containsExactly(exchange(0), exchange(2), exchange(3));
  }

  @Test
  void tellsTheWaitingTheirPlace() {
    Floor floor = new Floor(equalBackends(1, 1, bounds(256)));
    floor.submit(submission(0), START);
    assertThat(floor.place(submission(1), START)).isEqualTo(1);
    assertThat(floor.place(submission(2), START)).isEqualTo(2);
    assertThat(floor.place(submission(3, Fixture.FAST, Priority.INTERACTIVE), START)).isEqualTo(1);
  }

  @Test
  void letsAWaitingRequestLeaveAtOnce() {
    Floor floor = new Floor(equalBackends(1, 1, bounds(256)));
    floor.submit(submission(0), START);
    floor.submit(submission(1), START);
    assertThat(floor.scheduler().left(exchange(1), Why.CLIENT_GONE, at(1)))
        .noneMatch(effect -> effect instanceof RoutingEffect.Stop);
    assertThat(floor.finish(completed(exchange(0), id("b1")), at(2))).isEmpty();
    assertThat(floor.scheduler().openExchanges()).isZero();
  }

  private static List<Integer> spread(Floor floor) {
    Map<String, Integer> counts = new TreeMap<>();
    floor
        .starts()
        .forEach(start -> counts.merge(start.placement().backend().value(), 1, Integer::sum));
    return counts.values().stream().sorted(Comparator.naturalOrder()).toList();
  }
}
