package com.visiquate.ccproxy.routing;

import static com.visiquate.ccproxy.routing.Fixture.FAST;
import static com.visiquate.ccproxy.routing.Fixture.at;
import static com.visiquate.ccproxy.routing.Fixture.bounds;
import static com.visiquate.ccproxy.routing.Fixture.completed;
import static com.visiquate.ccproxy.routing.Fixture.equalBackends;
import static com.visiquate.ccproxy.routing.Fixture.exchange;
import static com.visiquate.ccproxy.routing.Fixture.id;
import static com.visiquate.ccproxy.routing.Floor.only;
import static com.visiquate.ccproxy.routing.Floor.startedOn;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.BusMessage.Ended;
import com.visiquate.ccproxy.bus.BusMessage.GhostGone;
import com.visiquate.ccproxy.bus.BusMessage.Why;
import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.chat.Sampling;
import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.fleet.Priority;
import com.visiquate.ccproxy.routing.request.RoutingEffect;
import com.visiquate.ccproxy.routing.request.Submission;
import com.visiquate.ccproxy.routing.schedule.Scheduler;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A request that is sent again by a client that had left. */
final class AdoptionTest {
  private final Floor floor = new Floor(equalBackends(2, 1, bounds(99)));
  private final Scheduler scheduler = floor.scheduler();

  @Test
  void takesOverTheGhostOfTheSameRequest() {
    String home = start(0, "a");
    haunt(0, home);
    assertTakesOver(ask(1, "a"), 1, 0, home);
    assertThat(scheduler.report(100, at(2)).backends())
        .allMatch(backend -> backend.ghosts() == 0)
        .anyMatch(backend -> backend.taken().size() == 1);
    finish(1, home);
    assertThat(scheduler.openExchanges()).isZero();
  }

  @Test
  void takesItOverWhenItComesBeforeTheGhostIsKnown() {
    String home = start(0, "a");
    scheduler.left(exchange(0), Why.CLIENT_GONE, at(1));
    start(1, "b");
    assertThat(only(RoutingEffect.Wait.class, ask(2, "a"))).hasSize(1);
    assertTakesOver(haunted(0, home), 2, 0, home);
  }

  /** A free slot elsewhere would compute all of it once more. */
  @Test
  void waitsForTheGhostThatIsNotKnownYetAlthoughAnotherSlotIsFree() {
    String home = start(0, "a");
    scheduler.left(exchange(0), Why.CLIENT_GONE, at(2));
    List<RoutingEffect> again = floor.submit(submission(2, request("a")), at(2));
    assertThat(only(RoutingEffect.Wait.class, again)).hasSize(1);
    assertTakesOver(haunted(0, home), 2, 0, home);
  }

  @Test
  void takesOverWhatRunsWhenItWaitsWhileTheFirstOneLeaves() {
    String home = start(0, "a");
    start(1, "b");
    assertThat(only(RoutingEffect.Wait.class, ask(2, "a"))).hasSize(1);
    List<RoutingEffect> effects = scheduler.left(exchange(0), Why.CLIENT_GONE, at(2));
    assertTakesOver(effects, 2, 0, home);
    assertThat(only(RoutingEffect.Stop.class, effects)).isEmpty();
    assertThat(scheduler.openExchanges()).isEqualTo(2);
  }

  @Test
  void waitsOnWithItsAgeWhenItCameTooLate() {
    String home = start(0, "a");
    haunt(0, home);
    start(1, "b");
    assertTakesOver(ask(2, "a"), 2, 0, home);
    scheduler.ghostGone(new GhostGone(exchange(0), id(home), true), at(2));
    List<RoutingEffect> again = scheduler.returned(exchange(2), id(home), at(2));
    assertThat(startedOn(again)).containsExactly(home);
    assertThat(only(RoutingEffect.Start.class, again).getFirst().estimate().cachedTokens())
        .isGreaterThan(1_000);
  }

  /** A limit of silence has passed; a resend must not wait for what may hang. */
  @Test
  void takesNothingOverThatDidNotBeginInTime() {
    String home = start(0, "a");
    timedOut(0, home, 3);
    assertThat(only(RoutingEffect.TakeOver.class, floor.submit(submission(1, request("a")), at(3))))
        .isEmpty();
  }

  /** What the gateway ends in time is as good as what a client leaves. */
  @Test
  void takesOverWhatTheDeadlineOfItsClientHasEnded() {
    Submission impatient = submission(0, request("a"), 60);
    String home = startedOn(floor.submit(impatient, at(1))).getFirst();
    timedOut(0, home, 60);
    assertTakesOver(floor.submit(submission(1, request("a"), 120), at(61)), 1, 0, home);
  }

  @Test
  void keepsThePlaceOfOneThatWaitedForTooLong() {
    start(0, "x");
    start(1, "y");
    floor.submit(submission(2, request("a"), 60), at(1));
    ask(3, "b");
    assertThat(only(RoutingEffect.Fail.class, scheduler.tick(at(60)))).hasSize(1);
    assertThat(floor.place(submission(4, request("a")), at(61))).isEqualTo(1);
  }

  private void timedOut(int number, String backend, int seconds) {
    scheduler.finished(
        new Ended(exchange(number), id(backend), Outcome.TIMEOUT, Counts.NONE, null, true),
        at(seconds));
  }

  @Test
  void takesNothingOverThatIsStuck() {
    String home = start(0, "a");
    haunt(0, home);
    List<RoutingEffect> late = floor.submit(submission(1, request("a")), at(400));
    assertThat(only(RoutingEffect.TakeOver.class, late)).isEmpty();
  }

  @Test
  void isNotMergedWithOneThatIsStillThere() {
    start(0, "a");
    assertThat(startedOn(ask(1, "a"))).hasSize(1);
    assertThat(only(RoutingEffect.TakeOver.class, floor.all())).isEmpty();
  }

  @Test
  void takesNothingOverThatWouldBeAnotherAnswer() {
    String home = start(0, "a");
    haunt(0, home);
    ChatRequest plain = request("a");
    ChatRequest shorter =
        new ChatRequest(
            plain.model(),
            plain.messages(),
            plain.tools(),
            plain.toolChoice(),
            plain.parallelCalls(),
            new Sampling(7, null, null, null, null, null, null, List.of()),
            plain.format(),
            plain.reasoning(),
            null);
    List<RoutingEffect> effects = floor.submit(submission(1, shorter), at(2));
    assertThat(only(RoutingEffect.TakeOver.class, effects)).isEmpty();
  }

  @Test
  void keepsItsPlaceAmongThoseThatWait() {
    start(0, "x");
    start(1, "y");
    ask(2, "a");
    ask(3, "b");
    scheduler.left(exchange(2), Why.CLIENT_GONE, at(50));
    assertThat(floor.place(submission(4, request("a")), at(51))).isEqualTo(1);
    List<RoutingEffect.Start> next = floor.finish(completed(exchange(0), id(placeOf(0))), at(60));
    assertThat(next)
        .extracting(start -> start.submission().exchange())
        .containsExactly(exchange(4));
  }

  private String start(int number, String prompt) {
    return startedOn(ask(number, prompt)).getFirst();
  }

  private String placeOf(int number) {
    return floor.starts().get(number).placement().backend().value();
  }

  private List<RoutingEffect> ask(int number, String prompt) {
    return floor.submit(submission(number, request(prompt)), at(1));
  }

  private void haunt(int number, String backend) {
    scheduler.left(exchange(number), Why.CLIENT_GONE, at(1));
    haunted(number, backend);
  }

  private List<RoutingEffect> haunted(int number, String backend) {
    return scheduler.finished(
        new Ended(exchange(number), id(backend), Outcome.CLIENT_GONE, Counts.NONE, null, true),
        at(1));
  }

  private void finish(int number, String backend) {
    floor.finish(completed(exchange(number), id(backend)), at(3));
  }

  private static Submission submission(int number, ChatRequest request) {
    return submission(number, request, 100_000);
  }

  private static Submission submission(int number, ChatRequest request, int deadline) {
    return new Submission(
        exchange(number), 0, FAST, request, Priority.NORMAL, new ClientId("c"), at(deadline));
  }

  private static ChatRequest request(String prompt) {
    return ChatRequest.of(FAST.value(), List.of(new Message.User((prompt + " ").repeat(3_000))));
  }

  private static void assertTakesOver(
      List<RoutingEffect> effects, int successor, int from, String backend) {
    assertThat(only(RoutingEffect.Start.class, effects)).isEmpty();
    RoutingEffect.TakeOver over = only(RoutingEffect.TakeOver.class, effects).getFirst();
    assertThat(over.from()).isEqualTo(exchange(from));
    assertThat(over.start().submission().exchange()).isEqualTo(exchange(successor));
    assertThat(over.start().placement().backend()).isEqualTo(id(backend));
  }
}
