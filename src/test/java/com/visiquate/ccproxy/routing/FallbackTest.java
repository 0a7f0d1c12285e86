package com.visiquate.ccproxy.routing;

import static com.visiquate.ccproxy.routing.Fixture.DEEP;
import static com.visiquate.ccproxy.routing.Fixture.FAST;
import static com.visiquate.ccproxy.routing.Fixture.START;
import static com.visiquate.ccproxy.routing.Fixture.at;
import static com.visiquate.ccproxy.routing.Fixture.backend;
import static com.visiquate.ccproxy.routing.Fixture.bounds;
import static com.visiquate.ccproxy.routing.Fixture.completed;
import static com.visiquate.ccproxy.routing.Fixture.exchange;
import static com.visiquate.ccproxy.routing.Fixture.id;
import static com.visiquate.ccproxy.routing.Fixture.lost;
import static com.visiquate.ccproxy.routing.Fixture.model;
import static com.visiquate.ccproxy.routing.Fixture.status;
import static com.visiquate.ccproxy.routing.Floor.failure;
import static com.visiquate.ccproxy.routing.Floor.only;
import static com.visiquate.ccproxy.routing.Floor.startedOn;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.BusMessage.Lost;
import com.visiquate.ccproxy.bus.BusMessage.Why;
import com.visiquate.ccproxy.bus.Fact.FellBack;
import com.visiquate.ccproxy.bus.FallbackOptions;
import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.Failure.Kind;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.Fallbacks;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.fleet.Priority;
import com.visiquate.ccproxy.fleet.QueueBounds;
import com.visiquate.ccproxy.fleet.Strategy;
import com.visiquate.ccproxy.routing.request.RoutingEffect;
import com.visiquate.ccproxy.routing.request.Submission;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** A request that its model does not answer goes on to those that answer instead. */
final class FallbackTest {
  private static final ModelName WIDE = new ModelName("wide");
  private static final Instant FAR = at(100_000);
  private static final List<ModelName> BOTH = List.of(DEEP, WIDE);

  @Test
  void goesOnAtOnceWhenNoBackendHasBeenUpForAWhile() {
    Floor floor = new Floor(plan(bounds(9)));
    floor.note(floor.scheduler().status(status("f1", Health.DOWN, 1), START));
    floor.note(floor.scheduler().status(status("f2", Health.DOWN, 1), START));

    List<RoutingEffect> effects = floor.submit(asks(0, BOTH), at(20));

    assertThat(startedOn(effects)).containsExactly("d");
    assertThat(fellBack(effects)).containsExactly(new FellBack(FAST, DEEP, Kind.NO_BACKEND));
  }

  @Test
  void goesOnFromItsRoomWhenNoBackendComesUp() {
    Floor floor = new Floor(plan(bounds(9)));
    floor.note(floor.scheduler().status(status("f1", Health.DOWN, 1), START));
    floor.note(floor.scheduler().status(status("f2", Health.DOWN, 1), START));
    assertThat(floor.place(asks(0, BOTH), at(1))).isEqualTo(1);

    List<RoutingEffect> effects = floor.scheduler().tick(at(10));

    assertThat(startedOn(effects)).containsExactly("d");
    assertThat(only(RoutingEffect.Fail.class, effects)).isEmpty();
    RoutingEffect.Start start = only(RoutingEffect.Start.class, effects).getFirst();
    assertThat(start.placement().queued()).as("both rooms").hasSeconds(9);
  }

  @Test
  void triesAllBackendsOfItsModelFirstAndCountsOn() {
    Floor floor = new Floor(plan(bounds(9)));
    floor.submit(asks(0, BOTH), START);
    assertThat(only(RoutingEffect.Start.class, lose(floor, 0, 1)))
        .extracting(start -> start.model().name())
        .containsExactly(FAST);
    List<RoutingEffect> effects = lose(floor, 0, 2);

    RoutingEffect.Start start = only(RoutingEffect.Start.class, effects).getFirst();
    assertThat(start.model().name()).isEqualTo(DEEP);
    assertThat(start.placement().attempt()).isEqualTo(3);
    assertThat(start.placement().insteadOf()).isEqualTo(FAST);
    assertThat(fellBack(effects)).containsExactly(new FellBack(FAST, DEEP, Kind.BACKEND_LOST));
    assertThat(only(RoutingEffect.Fail.class, effects)).isEmpty();
  }

  @Test
  void tellsWhyItsOwnModelDidNotAnswerWhenNobodyDoes() {
    Floor floor = new Floor(plan(bounds(9)));
    floor.submit(asks(0, BOTH), START);
    lose(floor, 0, 1);
    lose(floor, 0, 2);
    Failure other = Failure.of(Kind.BACKEND_ERROR, "Another one.");
    List<RoutingEffect> last = lose(floor, 0, other, 3);
    assertThat(startedOn(last)).containsExactly("w");
    last = lose(floor, 0, other, 4);

    RoutingEffect.Fail fail = only(RoutingEffect.Fail.class, last).getFirst();
    assertThat(fail.failure().kind()).isEqualTo(Kind.BACKEND_LOST);
    assertThat(fail.outcome()).isEqualTo(Outcome.BACKEND_LOST);
    assertThat(requireNonNull(fail.placement()).attempt()).isEqualTo(4);
    assertThat(startedOn(last)).isEmpty();
    assertThat(floor.scheduler().openExchanges()).isZero();
  }

  @Test
  void goesOnWhenItsRoomIsFull() {
    Floor floor = new Floor(plan(bounds(0)));
    fill(floor);
    List<RoutingEffect> effects = floor.submit(asks(9, BOTH), at(1));

    assertThat(startedOn(effects)).containsExactly("d");
    assertThat(fellBack(effects)).containsExactly(new FellBack(FAST, DEEP, Kind.QUEUE_FULL));
    assertThat(floor.scheduler().openExchanges()).isEqualTo(3);
  }

  @Test
  void isRefusedOnceWhenAllRoomsAreFull() {
    Floor floor = new Floor(plan(bounds(0)));
    fill(floor);
    floor.submit(asks(5, BOTH), at(1));
    floor.submit(asks(6, BOTH), at(1));
    List<RoutingEffect> effects = floor.submit(asks(7, BOTH), at(1));

    assertThat(only(RoutingEffect.Refuse.class, effects)).hasSize(1);
    assertThat(failure(effects).message()).contains("`fast`");
    assertThat(fellBack(effects)).isEmpty();
    assertThat(floor.scheduler().openExchanges()).isEqualTo(4);
  }

  @Test
  void waitsInTheOtherRoomAsItsClassDoes() {
    Floor floor = new Floor(plan(bounds(1)));
    fill(floor);
    floor.submit(Fixture.submission(103, FAST, Priority.NORMAL), at(1));
    floor.submit(Fixture.submission(4, DEEP, Priority.NORMAL), at(1));

    assertThat(floor.place(asks(5, List.of(DEEP)), at(2))).isEqualTo(1);
    assertThat(floor.scheduler().report(100, at(2)).models())
        .filteredOn(model -> model.name().equals(DEEP))
        .singleElement()
        .satisfies(model -> assertThat(model.waiting()).containsEntry(Priority.NORMAL, 1));
    List<RoutingEffect.Start> next = floor.finish(completed(exchange(4), id("d")), at(3));
    assertThat(next).extracting(start -> start.submission().exchange()).contains(exchange(5));
  }

  @Test
  void goesOnWhenItHasWaitedLongEnoughAndTheClientIsToldOfItsNewPlace() {
    Floor floor = new Floor(plan(new QueueBounds(9, Duration.ofSeconds(30))));
    fill(floor);
    floor.submit(Fixture.submission(4, DEEP, Priority.NORMAL), at(10));
    assertThat(floor.place(asks(5, List.of(DEEP)), at(10))).isEqualTo(1);
    List<RoutingEffect> effects = floor.scheduler().tick(at(40));

    assertThat(only(RoutingEffect.Fail.class, effects)).isEmpty();
    assertThat(only(RoutingEffect.Wait.class, effects)).as("it was admitted long ago").isEmpty();
    assertThat(only(RoutingEffect.Still.class, effects)).isNotEmpty();
    assertThat(fellBack(effects)).containsExactly(new FellBack(FAST, DEEP, Kind.QUEUE_TIMEOUT));
    assertThat(floor.finish(completed(exchange(4), id("d")), at(41)))
        .extracting(start -> start.submission().exchange())
        .containsExactly(exchange(5));
  }

  @Test
  void goesNowhereAfterItsDeadline() {
    Floor floor = new Floor(plan(new QueueBounds(9, Duration.ofSeconds(30))));
    fill(floor);
    floor.submit(asks(5, BOTH, at(20)), at(10));
    List<RoutingEffect> effects = floor.scheduler().tick(at(20));

    assertThat(failure(effects).kind()).isEqualTo(Kind.QUEUE_TIMEOUT);
    assertThat(startedOn(effects)).isEmpty();
  }

  @Test
  void endsAtItsDeadlineInTheOtherRoomToo() {
    Floor floor = new Floor(plan(bounds(9)));
    floor.submit(Fixture.submission(4, DEEP, Priority.NORMAL), START);
    floor.submit(asks(0, List.of(DEEP), at(20)), START);
    lose(floor, 0, 1);
    assertThat(only(RoutingEffect.Still.class, lose(floor, 0, 2))).hasSize(1);
    List<RoutingEffect> effects = floor.scheduler().tick(at(20));

    assertThat(failure(effects).kind()).isEqualTo(Kind.BACKEND_LOST);
    assertThat(floor.scheduler().openExchanges()).isOne();
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      mode = Mode.EXCLUDE,
      names = {
        "UNKNOWN_MODEL",
        "PROMPT_TOO_LONG",
        "QUEUE_FULL",
        "QUEUE_TIMEOUT",
        "NO_BACKEND",
        "BACKEND_ERROR",
        "BACKEND_LOST",
        "BACKEND_TIMEOUT"
      })
  void isNotMendedByAnotherModel(Kind kind) {
    Floor floor = new Floor(plan(bounds(9)));
    floor.submit(asks(0, BOTH), START);
    Failure wrong = Failure.of(kind, "It is wrong.");
    List<RoutingEffect> effects = lose(floor, 0, wrong, 1);

    assertThat(failure(effects)).isEqualTo(wrong);
    assertThat(startedOn(effects)).isEmpty();
  }

  @Test
  void whatIsTooLongGoesToLargerWindowsOnly() {
    Floor floor = new Floor(plan(bounds(9)));
    Submission long0 = asks(0, new Fallbacks(BOTH, BOTH), null);
    floor.submit(long0, START);
    List<RoutingEffect> effects = lose(floor, 0, Failure.tooLong(9_000, 4_096), 1);

    assertThat(startedOn(effects)).containsExactly("w");
    assertThat(fellBack(effects)).containsExactly(new FellBack(FAST, WIDE, Kind.PROMPT_TOO_LONG));
    RoutingEffect.Fail fail = only(RoutingEffect.Fail.class, lose(floor, 0, 2)).getFirst();
    assertThat(fail.failure().kind()).as("deep is too small").isEqualTo(Kind.PROMPT_TOO_LONG);
  }

  @Test
  void whatIsTooLongIsNotAMatterOfTheOthers() {
    Floor floor = new Floor(plan(bounds(9)));
    floor.submit(asks(0, BOTH), START);
    List<RoutingEffect> effects = lose(floor, 0, Failure.tooLong(9_000, 4_096), 1);

    assertThat(failure(effects).kind()).isEqualTo(Kind.PROMPT_TOO_LONG);
  }

  @Test
  void asksALargerModelAtOnceWhenItIsClearThatItsOwnIsTooSmall() {
    Floor floor = new Floor(plan(bounds(9)));
    Failure tooLong = Failure.tooLong(9_000, 4_096);
    List<RoutingEffect> effects =
        floor.submit(asks(0, new Fallbacks(List.of(), List.of(WIDE)), tooLong), START);
    assertThat(startedOn(effects)).containsExactly("w");

    effects = floor.submit(asks(1, Fallbacks.NONE, tooLong), START);
    assertThat(failure(effects)).isEqualTo(tooLong);
    assertThat(floor.scheduler().openExchanges()).isOne();
  }

  @Test
  void whoHasLeftGoesNowhere() {
    Floor floor = new Floor(plan(bounds(9)));
    floor.submit(asks(0, BOTH), START);
    lose(floor, 0, 1);
    floor.scheduler().left(exchange(0), Why.CLIENT_GONE, at(2));
    List<RoutingEffect> effects = lose(floor, 0, 3);

    assertThat(startedOn(effects)).isEmpty();
    assertThat(only(RoutingEffect.Fail.class, effects)).isEmpty();
    assertThat(floor.scheduler().openExchanges()).isZero();
  }

  @Test
  void whoLeavesTheOtherRoomLeavesNothingBehind() {
    Floor floor = new Floor(plan(bounds(9)));
    floor.submit(Fixture.submission(4, DEEP, Priority.NORMAL), START);
    floor.submit(asks(0, List.of(DEEP)), START);
    lose(floor, 0, 1);
    lose(floor, 0, 2);
    floor.scheduler().left(exchange(0), Why.CLIENT_GONE, at(3));

    assertThat(floor.finish(completed(exchange(4), id("d")), at(4))).isEmpty();
    assertThat(floor.scheduler().openExchanges()).isZero();
    assertThat(floor.scheduler().report(100, at(5)).models()).allMatch(model -> model.size() == 0);
  }

  @Test
  void theEndOfTheGatewayIsNoReasonToGoOn() {
    Floor floor = new Floor(plan(bounds(9)));
    fill(floor);
    floor.submit(asks(5, BOTH), at(1));
    List<RoutingEffect> effects = floor.scheduler().drain(at(2));

    assertThat(failure(effects).kind()).isEqualTo(Kind.SHUTTING_DOWN);
    assertThat(startedOn(effects)).isEmpty();
  }

  @Test
  void goesOnWhenItsModelIsTakenAwayAndSkipsWhatIsNotThereEither() {
    Floor floor = new Floor(plan(bounds(9)));
    fill(floor);
    floor.submit(asks(5, List.of(DEEP, WIDE)), at(1));
    List<ModelSpec> left = List.of(wide());
    List<RoutingEffect> effects =
        floor.scheduler().replan(Fixture.plan(plan(bounds(9)).backends(), left, bounds(9)), at(2));

    assertThat(startedOn(effects)).containsExactly("w");
    assertThat(fellBack(effects)).containsExactly(new FellBack(FAST, WIDE, Kind.UNKNOWN_MODEL));
  }

  @Test
  void keepsItsAgeAmongThoseWhoWaitThere() {
    Floor floor = new Floor(Fixture.with(Strategy.LEAST_REQUESTS, plan(bounds(9))));
    floor.submit(asks(0, List.of(DEEP)), START);
    floor.submit(Fixture.submission(4, DEEP, Priority.NORMAL), at(1));
    floor.submit(Fixture.submission(5, DEEP, Priority.NORMAL), at(2));
    lose(floor, 0, 3);
    lose(floor, 0, 4);

    assertThat(floor.finish(completed(exchange(4), id("d")), at(5)))
        .extracting(start -> start.submission().exchange())
        .containsExactly(exchange(0));
  }

  private static void fill(Floor floor) {
    floor.submit(Fixture.submission(101, FAST, Priority.NORMAL), START);
    floor.submit(Fixture.submission(102, FAST, Priority.NORMAL), START);
  }

  /** The backend on which it runs has failed it. */
  private static List<RoutingEffect> lose(Floor floor, long number, double seconds) {
    return lose(floor, number, lost(exchange(number), runsOn(floor, number)).failure(), seconds);
  }

  private static List<RoutingEffect> lose(Floor floor, long number, Failure why, double seconds) {
    boolean elsewhere = why.kind().name().startsWith("BACKEND");
    Lost report = new Lost(exchange(number), runsOn(floor, number), why, elsewhere);
    return floor.note(floor.scheduler().lost(report, at(seconds)));
  }

  private static BackendId runsOn(Floor floor, long number) {
    return floor.starts().stream()
        .filter(start -> start.submission().exchange().equals(exchange(number)))
        .reduce((earlier, last) -> last)
        .orElseThrow()
        .placement()
        .backend();
  }

  private static List<FellBack> fellBack(List<RoutingEffect> effects) {
    return only(RoutingEffect.Note.class, effects).stream()
        .map(RoutingEffect.Note::fact)
        .filter(FellBack.class::isInstance)
        .map(FellBack.class::cast)
        .toList();
  }

  private static FleetPlan plan(QueueBounds queue) {
    return Fixture.plan(
        List.of(backend("f1", 1), backend("f2", 1), backend("d", 1), backend("w", 1)),
        List.of(model(FAST, "f1", "f2"), model(DEEP, "d"), wide()),
        queue);
  }

  private static ModelSpec wide() {
    return new ModelSpec(WIDE, "ollama-wide", 32_768, List.of(id("w")), false, "30m", Map.of());
  }

  private static Submission asks(long number, List<ModelName> others) {
    return asks(number, others, FAR);
  }

  private static Submission asks(long number, List<ModelName> others, Instant deadline) {
    return asks(number, new FallbackOptions(new Fallbacks(others, List.of()), null), deadline);
  }

  private static Submission asks(long number, Fallbacks fallbacks, @Nullable Failure tooLong) {
    return asks(number, new FallbackOptions(fallbacks, tooLong), FAR);
  }

  private static Submission asks(long number, FallbackOptions fallback, Instant deadline) {
    ChatRequest request =
        ChatRequest.of(FAST.value(), List.of(new Message.User("question " + number)));
    return new Submission(
        exchange(number),
        0,
        FAST,
        request,
        Priority.NORMAL,
        new ClientId("tester"),
        deadline,
        fallback,
        false,
        null);
  }
}
