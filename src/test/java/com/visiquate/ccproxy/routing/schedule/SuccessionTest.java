package com.visiquate.ccproxy.routing.schedule;

import static com.visiquate.ccproxy.routing.Fixture.at;
import static com.visiquate.ccproxy.routing.Fixture.bounds;
import static com.visiquate.ccproxy.routing.Fixture.completed;
import static com.visiquate.ccproxy.routing.Fixture.equalBackends;
import static com.visiquate.ccproxy.routing.Fixture.exchange;
import static com.visiquate.ccproxy.routing.Fixture.id;
import static com.visiquate.ccproxy.routing.Fixture.submission;
import static com.visiquate.ccproxy.routing.Floor.startedOn;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.BusMessage.Ended;
import com.visiquate.ccproxy.bus.BusMessage.GhostGone;
import com.visiquate.ccproxy.bus.BusMessage.Refused;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.fleet.Priority;
import com.visiquate.ccproxy.routing.Fixture;
import com.visiquate.ccproxy.routing.Floor;
import com.visiquate.ccproxy.routing.request.RoutingEffect;
import com.visiquate.ccproxy.routing.request.Submission;
import com.visiquate.ccproxy.routing.schedule.Succession.Inherited;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What was there before this scheduler began. */
final class SuccessionTest {
  private static final Message.Assistant ANSWER = new Message.Assistant("I look.", "", List.of());

  private final Floor floor = new Floor(equalBackends(1, 1, bounds(99)));
  private final Scheduler scheduler = floor.scheduler();

  @Test
  void goesBeforeNewcomersTheOldestFirst() {
    floor.submit(submission(1), at(0));
    floor.submit(submission(2), at(1));
    scheduler.succession().resubmit(submission(3), at(-10), at(2));
    scheduler.succession().resubmit(submission(4), at(-20), at(2));

    assertThat(startsInTurn(1, 4)).containsExactly("x4", "x3", "x2");
  }

  @Test
  void keepsAPlaceForEachOfThoseThatCameAtOnce() {
    floor.submit(submission(1), at(0));
    for (int i = 2; i <= 40; i++) {
      scheduler.succession().resubmit(submission(i), at(-10), at(2));
    }

    assertThat(startsInTurn(1, 40)).hasSize(39).doesNotHaveDuplicates();
  }

  @Test
  void waitsNoLongerThanItMightHaveFromItsArrivalOn() {
    floor.submit(submission(1), at(0));
    assertThat(scheduler.succession().resubmit(submission(2), at(-301), at(1)).admission())
        .isInstanceOf(Refused.class);
    scheduler.succession().resubmit(submission(3), at(-200), at(1));

    assertThat(Floor.only(RoutingEffect.Fail.class, scheduler.tick(at(101))))
        .singleElement()
        .matches(fail -> fail.outcome() == Outcome.TIMEOUT);
  }

  @Test
  void givesTheSlotOfWhatRunsToNobody() {
    assertThat(adopt(submission(1), false)).isEmpty();
    floor.submit(submission(2), at(3));
    assertThat(scheduler.openExchanges()).isEqualTo(2);

    List<RoutingEffect> freed = scheduler.finished(completed(exchange(1), id("b1")), at(4));

    assertThat(startedOn(freed)).containsExactly("b1");
    assertThat(scheduler.openExchanges()).isEqualTo(1);
  }

  @Test
  void doesNotLetWaitWhatRuns() {
    floor.submit(submission(1), at(0));
    scheduler.succession().resubmit(submission(2), at(-5), at(1));
    adopt(submission(2), false);

    assertThat(startedOn(scheduler.finished(completed(exchange(1), id("b1")), at(4)))).isEmpty();
    scheduler.finished(completed(exchange(2), id("b1")), at(5));
    assertThat(scheduler.openExchanges()).isZero();
  }

  @Test
  void runsAnewWhatABackendFailsThatWasNotOrderedHere() {
    adopt(submission(1), false);
    assertThat(Floor.only(RoutingEffect.Fail.class, lost())).hasSize(1);
  }

  @Test
  void keepsTheSlotOfAGhostUntilItIsGone() {
    adopt(submission(1), true);
    assertThat(scheduler.openExchanges()).isZero();
    List<Message> other = List.of(new Message.User("something else"));
    floor.submit(submission(2, Fixture.FAST, Priority.NORMAL, at(9_000), other), at(3));

    List<RoutingEffect> freed =
        scheduler.ghostGone(new GhostGone(exchange(1), id("b1"), true), at(4));

    assertThat(startedOn(freed)).containsExactly("b1");
  }

  /** As the leader before it would have done. */
  @Test
  void bringsATurnBackToWhereItsConversationIsCached() {
    Floor wide = new Floor(equalBackends(3, 1, bounds(9)));
    List<Message> first = List.of(new Message.User("look ".repeat(9_000)));
    Submission past = submission(1, Fixture.FAST, Priority.NORMAL, at(9_000), first);
    Counts counts = new Counts(12_000, 0, 50, 0, 60_000_000_000L, 1_000_000_000L);
    Ended end = new Ended(exchange(1), id("b3"), Outcome.COMPLETED, counts, ANSWER, false);
    wide.scheduler().succession().remember(new Inherited(past, id("b3"), at(0), true, true), at(0));
    wide.scheduler().finished(end, at(0));

    List<Message> turn = new ArrayList<>(first);
    turn.add(ANSWER);
    turn.add(new Message.User("and now"));
    Submission next = submission(2, Fixture.FAST, Priority.NORMAL, at(9_000), turn);

    assertThat(startedOn(wide.submit(next, at(1)))).containsExactly("b3");
  }

  private List<RoutingEffect> lost() {
    return scheduler.lost(Fixture.lost(exchange(1), id("b1")), at(4));
  }

  private List<RoutingEffect> adopt(Submission submission, boolean ghost) {
    Inherited run = new Inherited(submission, id("b1"), at(-3), false, ghost);
    return Floor.only(RoutingEffect.Start.class, scheduler.succession().adopt(run, at(2))).stream()
        .map(RoutingEffect.class::cast)
        .toList();
  }

  /** Each that runs ends, until nobody waits any more. */
  private List<String> startsInTurn(int running, int most) {
    List<String> started = new ArrayList<>();
    String runs = "x" + running;
    for (int i = 0; i < most; i++) {
      Ended end = completed(new ExchangeId(runs), id("b1"));
      for (RoutingEffect.Start start :
          Floor.only(RoutingEffect.Start.class, scheduler.finished(end, at(10 + i)))) {
        runs = start.submission().exchange().value();
        started.add(runs);
      }
    }
    return started;
  }
}
