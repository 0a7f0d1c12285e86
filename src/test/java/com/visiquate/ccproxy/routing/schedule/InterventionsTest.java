package com.visiquate.ccproxy.routing.schedule;

import static com.visiquate.ccproxy.routing.Fixture.at;
import static com.visiquate.ccproxy.routing.Fixture.bounds;
import static com.visiquate.ccproxy.routing.Fixture.completed;
import static com.visiquate.ccproxy.routing.Fixture.equalBackends;
import static com.visiquate.ccproxy.routing.Fixture.exchange;
import static com.visiquate.ccproxy.routing.Fixture.id;
import static com.visiquate.ccproxy.routing.Fixture.submission;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.BusMessage.Why;
import com.visiquate.ccproxy.bus.SteerMessage.Cancel;
import com.visiquate.ccproxy.bus.SteerMessage.Done;
import com.visiquate.ccproxy.bus.SteerMessage.NotDone;
import com.visiquate.ccproxy.bus.SteerMessage.Reclass;
import com.visiquate.ccproxy.bus.SteerMessage.Steer;
import com.visiquate.ccproxy.bus.SteerMessage.SteerReply;
import com.visiquate.ccproxy.bus.SteerMessage.StopClient;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.Priority;
import com.visiquate.ccproxy.fleet.QueueReport;
import com.visiquate.ccproxy.fleet.Withheld;
import com.visiquate.ccproxy.routing.Fixture;
import com.visiquate.ccproxy.routing.Floor;
import com.visiquate.ccproxy.routing.request.RoutingEffect;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One backend with one slot, and an operator. */
final class InterventionsTest {
  private final Floor floor = new Floor(equalBackends(1, 1, bounds(9)));
  private final List<RoutingEffect> effects = new ArrayList<>();

  @Test
  void leaveTheEndToWhoHoldsTheClient() {
    floor.submit(submission(1), at(0));
    floor.submit(submission(2), at(1));
    assertThat(steer(new Cancel(exchange(2)))).isInstanceOf(Done.class);
    assertThat(cancelled()).containsExactly("x2");
    assertThat(floor.scheduler().openExchanges()).isEqualTo(2);
    floor.scheduler().left(exchange(2), Why.CANCELLED, at(2));
    assertThat(floor.scheduler().openExchanges()).isEqualTo(1);
    assertThat(steer(new Cancel(exchange(2)))).isInstanceOf(NotDone.class);
  }

  @Test
  void stopWhatRuns() {
    floor.submit(submission(1), at(0));
    steer(new Cancel(exchange(1)));
    assertThat(cancelled()).containsExactly("x1");
    List<RoutingEffect> stops = floor.scheduler().left(exchange(1), Why.CANCELLED, at(2));
    assertThat(Floor.only(RoutingEffect.Stop.class, stops))
        .singleElement()
        .matches(stop -> stop.why() == Why.CANCELLED);
  }

  @Test
  void giveNothingToWhoSendsItAgain() {
    floor.submit(submission(1), at(0));
    floor.submit(submission(2), at(1));
    floor.scheduler().left(exchange(2), Why.CANCELLED, at(2));
    floor.submit(submission(3), at(3));
    QueueReport.Waiting waiting = waiting().getFirst();
    assertThat(waiting.waited().toSeconds()).as("it does not inherit an age").isZero();
  }

  @Test
  void changeWhoIsNext() {
    floor.submit(submission(1), at(0));
    floor.submit(submission(2), at(1));
    floor.submit(submission(3), at(2));
    assertThat(steer(new Reclass(exchange(3), Priority.INTERACTIVE))).isInstanceOf(Done.class);
    assertThat(waiting().getFirst().request().exchange()).isEqualTo(exchange(3));
    assertThat(floor.finish(completed(exchange(1), id("b1")), at(3)))
        .singleElement()
        .matches(start -> start.submission().exchange().equals(exchange(3)))
        .matches(start -> start.submission().priority() == Priority.INTERACTIVE);
    assertThat(steer(new Reclass(exchange(3), Priority.NORMAL))).isInstanceOf(NotDone.class);
  }

  @Test
  void areSeenByWhoLooksAtNoRows() {
    floor.submit(submission(1), at(0));
    floor.submit(submission(2), at(1));
    QueueReport.Model model = floor.scheduler().report(0, at(2)).models().getFirst();
    assertThat(model.front()).isEmpty();
    assertThat(model.size()).isEqualTo(1);
    assertThat(model.next()).isGreaterThan(waiting().getFirst().estimate());
  }

  @Test
  void findAllOfAClient() {
    floor.submit(submission(1), at(0));
    floor.submit(submission(2), at(1));
    assertThat(steer(new StopClient(new ClientId("nobody")))).isInstanceOf(NotDone.class);
    assertThat(steer(new StopClient(new ClientId("tester")))).isInstanceOf(Done.class);
    assertThat(cancelled()).containsExactlyInAnyOrder("x1", "x2");
  }

  @Test
  void letThemWaitForAWithheldBackend() {
    status(new Withheld("ada", null));
    floor.submit(submission(1), at(1));
    assertThat(floor.starts()).isEmpty();
    assertThat(waiting()).hasSize(1);
    floor.scheduler().tick(at(200));
    assertThat(waiting()).as("it is not hopeless").hasSize(1);
    assertThat(Floor.startedOn(status(null))).containsExactly("b1");
  }

  private List<RoutingEffect> status(@Nullable Withheld withheld) {
    BackendStatus status =
        new BackendStatus(
            id("b1"), Health.UP, "0.24.0", 1, 0, 0, 0, List.of(), List.of(), "", withheld);
    return floor.scheduler().status(status, at(201));
  }

  private SteerReply steer(Steer wish) {
    return floor.scheduler().steer(wish, at(2), effects::addAll);
  }

  private List<String> cancelled() {
    return Floor.only(RoutingEffect.Cancel.class, effects).stream()
        .map(cancel -> cancel.submission().exchange().value())
        .toList();
  }

  private List<QueueReport.Waiting> waiting() {
    return floor.scheduler().report(100, Fixture.at(3)).models().getFirst().front();
  }
}
