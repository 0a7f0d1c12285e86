package com.visiquate.ccproxy.routing;

import static com.visiquate.ccproxy.routing.Fixture.START;
import static com.visiquate.ccproxy.routing.Fixture.at;
import static com.visiquate.ccproxy.routing.Fixture.bounds;
import static com.visiquate.ccproxy.routing.Fixture.equalBackends;
import static com.visiquate.ccproxy.routing.Fixture.exchange;
import static com.visiquate.ccproxy.routing.Fixture.id;
import static com.visiquate.ccproxy.routing.Floor.startedOn;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.BusMessage.Ended;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.fleet.RoutingPolicy;
import com.visiquate.ccproxy.fleet.Strategy;
import com.visiquate.ccproxy.routing.request.RoutingEffect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who has a free slot while conversations wait for the busy backend that still holds them. */
final class HomecomingTest {
  private static final Message.Assistant ANSWER = new Message.Assistant("I look.", "", List.of());

  @Test
  void leavesTheSlotToAnotherRequestOfTheSameClient() {
    Floor floor = homebound(1, 0.01);
    assertThat(startedOn(stranger(floor, "client-0"))).containsExactly("b2");
  }

  /** However many clients have one, and although all of them would be cheaper. */
  @ParameterizedTest
  @CsvSource({"4", "5", "12"})
  void leavesTheSlotToAnotherClient(int conversations) {
    Floor floor = homebound(conversations, 0.01);
    assertThat(startedOn(stranger(floor, "client-x"))).containsExactly("b2");
  }

  /** What takes longer than expected is expected to end soon, for as long as it takes. */
  @ParameterizedTest
  @CsvSource({"0.01, 30, false", "0.01, 290, false", "0.1, 290, true", "4, 30, true"})
  void endsWhenPatienceDoes(double patience, double seconds, boolean over) {
    Floor floor = homebound(1, patience);
    List<RoutingEffect> effects = floor.scheduler().tick(at(seconds));
    assertThat(startedOn(effects)).hasSize(over ? 1 : 0).allMatch("b2"::equals);
  }

  /**
   * The first backend still holds so many conversations, but something else runs there that takes
   * longer than anybody expected; the next turn of each waits. The second one has just come up.
   */
  private static Floor homebound(int conversations, double patience) {
    Floor floor = new Floor(plan(patience));
    floor.note(floor.scheduler().status(newer("b1", Health.UP), START));
    floor.note(floor.scheduler().status(newer("b2", Health.DOWN), START));
    for (int i = 0; i < conversations; i++) {
      assertThat(startedOn(ask(floor, i, i, first(3_000, i)))).containsExactly("b1");
      Counts counts = new Counts(1_700, 0, 50, 0, 17_000_000_000L, 1_000_000_000L);
      floor.finish(
          new Ended(exchange(i), id("b1"), Outcome.COMPLETED, counts, ANSWER, false), START);
    }
    assertThat(startedOn(ask(floor, 99, 99, first(10, 99)))).containsExactly("b1");
    for (int i = 0; i < conversations; i++) {
      assertThat(startedOn(ask(floor, 100 + i, i, turn(first(3_000, i))))).isEmpty();
    }
    List<RoutingEffect> effects =
        floor.note(floor.scheduler().status(newer("b2", Health.UP), START));
    assertThat(startedOn(effects)).as("all wait for their home").isEmpty();
    return floor;
  }

  private static BackendStatus newer(String backend, Health health) {
    return new BackendStatus(id(backend), health, "0.33.1", 1, 0, 0, 0, List.of(), List.of(), "");
  }

  private static List<RoutingEffect> ask(
      Floor floor, int number, int client, List<Message> messages) {
    return floor.submit(Fixture.from("client-" + client, number, messages), START);
  }

  private static List<RoutingEffect> stranger(Floor floor, String client) {
    return floor.submit(Fixture.from(client, 999, first(9_000, 999)), at(1));
  }

  private static FleetPlan plan(double patience) {
    return Fixture.with(
        new RoutingPolicy(Strategy.LEAST_BUSY, patience, Duration.ZERO),
        equalBackends(2, 1, bounds(99)));
  }

  private static List<Message> first(int words, int name) {
    return List.of(new Message.User((name + " ").repeat(words)));
  }

  private static List<Message> turn(List<Message> before) {
    List<Message> messages = new ArrayList<>(before);
    messages.add(ANSWER);
    messages.add(new Message.User("go on"));
    return messages;
  }
}
