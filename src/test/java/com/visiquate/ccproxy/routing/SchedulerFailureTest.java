package com.visiquate.ccproxy.routing;

import static com.visiquate.ccproxy.routing.Fixture.START;
import static com.visiquate.ccproxy.routing.Fixture.at;
import static com.visiquate.ccproxy.routing.Fixture.bounds;
import static com.visiquate.ccproxy.routing.Fixture.completed;
import static com.visiquate.ccproxy.routing.Fixture.equalBackends;
import static com.visiquate.ccproxy.routing.Fixture.exchange;
import static com.visiquate.ccproxy.routing.Fixture.id;
import static com.visiquate.ccproxy.routing.Fixture.lost;
import static com.visiquate.ccproxy.routing.Fixture.status;
import static com.visiquate.ccproxy.routing.Fixture.submission;
import static com.visiquate.ccproxy.routing.Floor.failure;
import static com.visiquate.ccproxy.routing.Floor.only;
import static com.visiquate.ccproxy.routing.Floor.startedOn;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.BusMessage.Ended;
import com.visiquate.ccproxy.bus.BusMessage.GhostGone;
import com.visiquate.ccproxy.bus.BusMessage.Lost;
import com.visiquate.ccproxy.bus.BusMessage.Why;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.Failure.Kind;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.routing.request.RoutingEffect;
import com.visiquate.ccproxy.routing.schedule.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What becomes of requests when backends fail, are full, are away, or clients leave. */
final class SchedulerFailureTest {

  @Test
  void triesEachBackendOnceAndThenTellsTheFailure() {
    Floor floor = new Floor(equalBackends(3, 1, bounds(9)));
    List<String> tried = new ArrayList<>(startedOn(floor.submit(submission(0), START)));
    List<RoutingEffect> effects = loseLast(floor, tried);
    tried.addAll(startedOn(effects));
    effects = loseLast(floor, tried);
    tried.addAll(startedOn(effects));
    assertThat(tried).containsExactlyInAnyOrder("b1", "b2", "b3");
    assertThat(only(RoutingEffect.Start.class, effects).getFirst().placement().attempt())
        .isEqualTo(3);
    assertThat(failure(loseLast(floor, tried)).kind()).isEqualTo(Kind.BACKEND_LOST);
    assertThat(floor.scheduler().openExchanges()).isZero();
  }

  @Test
  void doesNotTryElsewhereWhatCannotSucceedElsewhere() {
    Floor floor = new Floor(equalBackends(2, 1, bounds(9)));
    BackendId first = id(startedOn(floor.submit(submission(0), START)).getFirst());
    Failure wrong = Failure.of(Kind.BACKEND_ERROR, "Ollama did not like it.");
    Lost report = new Lost(exchange(0), first, wrong, false);
    RoutingEffect.Fail fail =
        only(RoutingEffect.Fail.class, floor.scheduler().lost(report, at(1))).getFirst();
    assertThat(fail.outcome()).isEqualTo(Outcome.BACKEND_ERROR);
    assertThat(fail.failure()).isEqualTo(wrong);
  }

  @Test
  void doesNotFeedTheQueueToABackendThatHasJustFailed() {
    Floor floor = new Floor(equalBackends(1, 1, bounds(9)));
    floor.submit(submission(0), START);
    floor.submit(submission(1), START);
    List<RoutingEffect> effects = floor.scheduler().lost(lost(exchange(0), id("b1")), at(1));
    assertThat(startedOn(effects)).isEmpty();
    assertThat(startedOn(floor.scheduler().status(status("b1", Health.UP, 1), at(1.1))))
        .containsExactly("b1");
  }

  @Test
  void keepsThePlaceOfARequestThatIsHandedBack() {
    Floor floor = new Floor(equalBackends(1, 1, bounds(9)));
    floor.submit(submission(0), START);
    floor.submit(submission(1), START);
    assertThat(startedOn(floor.scheduler().returned(exchange(0), id("b1"), at(1)))).isEmpty();
    assertThat(startedOn(floor.scheduler().tick(at(1.5)))).isEmpty();
    List<RoutingEffect.Start> again =
        only(RoutingEffect.Start.class, floor.scheduler().tick(at(2)));
    assertThat(again).hasSize(1);
    assertThat(again.getFirst().submission().exchange()).isEqualTo(exchange(0));
    assertThat(again.getFirst().placement().attempt()).isEqualTo(1);
    assertThat(again.getFirst().placement().queued()).hasSeconds(1);
  }

  @Test
  void wakesWhenTheBackendThatHandedBackMayBeTriedAgain() {
    Floor floor = new Floor(equalBackends(1, 1, bounds(9)));
    floor.submit(submission(0), START);
    List<RoutingEffect> effects = floor.scheduler().returned(exchange(0), id("b1"), at(1));
    assertThat(only(RoutingEffect.WakeAt.class, effects))
        .last()
        .matches(it -> !it.instant().isAfter(at(2)));
  }

  @Test
  void waitsForBackendsThatAreNotKnownYetButNotForEver() {
    Scheduler scheduler = new Scheduler(plan(), new Random(1), START);
    assertThat(only(RoutingEffect.Wait.class, scheduler.submit(submission(0), START).effects()))
        .hasSize(1);
    assertThat(scheduler.tick(at(9))).noneMatch(effect -> effect instanceof RoutingEffect.Fail);
    assertThat(failure(scheduler.tick(at(10))).kind()).isEqualTo(Kind.NO_BACKEND);
    assertThat(failure(scheduler.submit(submission(1), at(11)).effects()).kind())
        .isEqualTo(Kind.NO_BACKEND);
  }

  @Test
  void survivesARestartOfTheOnlyBackend() {
    Floor floor = new Floor(plan());
    floor.scheduler().status(status("b1", Health.DOWN, 1), at(100));
    assertThat(floor.place(submission(0), at(101))).isEqualTo(1);
    assertThat(startedOn(floor.scheduler().status(status("b1", Health.PROBING, 1), at(105))))
        .containsExactly("b1");
  }

  @Test
  void sendsOneRequestToABackendThatMustProveItself() {
    Floor floor = new Floor(equalBackends(1, 3, bounds(9)));
    floor.scheduler().status(status("b1", Health.PROBING, 3), START);
    assertThat(startedOn(floor.submit(submission(0), START))).hasSize(1);
    assertThat(startedOn(floor.submit(submission(1), START))).isEmpty();
    assertThat(startedOn(floor.scheduler().status(status("b1", Health.UP, 3), at(1)))).hasSize(1);
  }

  @Test
  void choosesASuspectOnlyWhenNothingIsUp() {
    Floor floor = new Floor(equalBackends(2, 1, bounds(9)));
    floor.scheduler().status(status("b1", Health.SUSPECT, 1), START);
    assertThat(startedOn(floor.submit(submission(0), START))).containsExactly("b2");
    assertThat(startedOn(floor.submit(submission(1), START))).isEmpty();
    assertThat(startedOn(floor.scheduler().status(status("b2", Health.SUSPECT, 1), at(1))))
        .containsExactly("b1");
  }

  @Test
  void stopsWhatRunsAndKeepsTheSlotUntilItIsGivenBack() {
    Floor floor = new Floor(plan());
    floor.submit(submission(0), START);
    floor.submit(Fixture.from("other", 1, List.of(new Message.User("hello"))), START);
    assertThat(floor.scheduler().left(exchange(0), Why.CLIENT_GONE, at(1)))
        .containsExactly(new RoutingEffect.Stop(exchange(0), id("b1"), Why.CLIENT_GONE));
    assertThat(floor.scheduler().left(exchange(0), Why.CLIENT_GONE, at(1))).isEmpty();
    assertThat(startedOn(floor.scheduler().tick(at(2)))).isEmpty();
    assertThat(startedOn(floor.scheduler().finished(gone(true), at(3)))).isEmpty();
    GhostGone ghostGone = new GhostGone(exchange(0), id("b1"), true);
    assertThat(startedOn(floor.scheduler().ghostGone(ghostGone, at(4)))).containsExactly("b1");
  }

  @Test
  void forgetsARequestThatLeftWhileItWasHandedBack() {
    Floor floor = new Floor(plan());
    floor.submit(submission(0), START);
    floor.scheduler().left(exchange(0), Why.CLIENT_GONE, START);
    floor.scheduler().returned(exchange(0), id("b1"), START);
    assertThat(floor.scheduler().openExchanges()).isZero();
    assertThat(startedOn(floor.scheduler().tick(at(5)))).isEmpty();
  }

  @Test
  void ignoresReportsOfWhatItDoesNotKnow() {
    Floor floor = new Floor(plan());
    floor.submit(submission(0), START);
    assertThat(floor.scheduler().finished(completed(exchange(9), id("b1")), at(1))).isEmpty();
    assertThat(floor.scheduler().lost(lost(exchange(0), id("b7")), at(1))).isEmpty();
    assertThat(floor.scheduler().left(exchange(9), Why.CLIENT_GONE, at(1))).isEmpty();
    assertThat(floor.scheduler().openExchanges()).isOne();
  }

  private static FleetPlan plan() {
    return equalBackends(1, 1, bounds(9));
  }

  private static Ended gone(boolean ghost) {
    return new Ended(exchange(0), id("b1"), Outcome.CLIENT_GONE, Counts.NONE, null, ghost);
  }

  private static List<RoutingEffect> loseLast(Floor floor, List<String> tried) {
    return floor.scheduler().lost(lost(exchange(0), id(tried.getLast())), at(tried.size()));
  }
}
