package com.visiquate.ccproxy.routing.schedule;

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
import com.visiquate.ccproxy.bus.BusMessage.Why;
import com.visiquate.ccproxy.bus.Fact.PrefixWarmed;
import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.LoadedModel;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.fleet.Priority;
import com.visiquate.ccproxy.fleet.RoutingPolicy;
import com.visiquate.ccproxy.fleet.Strategy;
import com.visiquate.ccproxy.routing.Fixture;
import com.visiquate.ccproxy.routing.Floor;
import com.visiquate.ccproxy.routing.request.Estimate;
import com.visiquate.ccproxy.routing.request.RoutingEffect;
import com.visiquate.ccproxy.routing.request.Submission;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A shared prefix that is computed after a load, before anybody asks. */
final class PrefixWarmUpsTest {
  private final Floor floor = floor(Duration.ofSeconds(30));

  @Test
  void computesTheMostSharedPrefixWhereTheModelWasJustLoaded() {
    talk(floor);
    RoutingEffect.Start warmUp = only(RoutingEffect.Start.class, load(floor, "b2")).getFirst();
    assertThat(warmUp.placement().backend()).isEqualTo(id("b2"));
    ChatRequest request = (ChatRequest) warmUp.submission().request();
    assertThat(request.messages().getFirst()).isEqualTo(role("often"));
    assertThat(request.sampling().maxTokens()).isEqualTo(1);
    assertThat(warmUp.submission().priority()).isEqualTo(Priority.BACKGROUND);
    List<RoutingEffect> ended =
        floor.scheduler().finished(completed(warmUp.submission().exchange(), id("b2")), at(31));
    assertThat(only(RoutingEffect.Note.class, ended))
        .extracting(RoutingEffect.Note::fact)
        .contains(new PrefixWarmed(id("b2"), FAST, true));
    assertThat(floor.scheduler().openExchanges()).as("only what runs on the other one").isOne();
    assertThat(startedOn(ask(floor, 9, "often", 32))).hasSize(1);
    Estimate warm = floor.starts().getLast().estimate();
    assertThat(warm.cachedTokens()).isGreaterThan(warm.promptTokens() * 9 / 10);
  }

  @Test
  void computesItOnlyOnceForEachLoad() {
    talk(floor);
    assertThat(only(RoutingEffect.Start.class, load(floor, "b2"))).hasSize(1);
    assertThat(only(RoutingEffect.Start.class, load(floor, "b2"))).isEmpty();
  }

  @Test
  void doesNothingWithoutASharedPrefix() {
    ask(floor, 0, "once", 1);
    finish(floor, 0);
    assertThat(only(RoutingEffect.Start.class, load(floor, "b2"))).isEmpty();
  }

  @Test
  void doesNothingWhenItIsSwitchedOff() {
    Floor off = floor(Duration.ZERO);
    talk(off);
    assertThat(only(RoutingEffect.Start.class, load(off, "b2"))).isEmpty();
  }

  @Test
  void doesNothingThatTakesTooLong() {
    Floor hasty = floor(Duration.ofMillis(10));
    talk(hasty);
    assertThat(only(RoutingEffect.Start.class, load(hasty, "b2"))).isEmpty();
  }

  @Test
  void givesWayToARequestThatIsOfNoUseForIt() {
    talk(floor);
    RoutingEffect.Start warmUp = only(RoutingEffect.Start.class, load(floor, "b2")).getFirst();
    assertThat(only(RoutingEffect.Stop.class, ask(floor, 8, "often", 31))).isEmpty();
    RoutingEffect.Stop stop = only(RoutingEffect.Stop.class, ask(floor, 9, "other", 31)).getFirst();
    assertThat(stop.exchange()).isEqualTo(warmUp.submission().exchange());
    assertThat(stop.backend()).isEqualTo(id("b2"));
    Ended gone =
        new Ended(stop.exchange(), id("b2"), Outcome.CLIENT_GONE, Counts.NONE, null, false);
    assertThat(startedOn(floor.scheduler().finished(gone, at(32)))).containsExactly("b2");
  }

  @Test
  void isNotTriedElsewhereWhenItFails() {
    talk(floor);
    RoutingEffect.Start warmUp = only(RoutingEffect.Start.class, load(floor, "b2")).getFirst();
    List<RoutingEffect> effects =
        floor.scheduler().lost(Fixture.lost(warmUp.submission().exchange(), id("b2")), at(31));
    assertThat(only(RoutingEffect.Start.class, effects)).isEmpty();
    assertThat(only(RoutingEffect.Fail.class, effects)).isEmpty();
    assertThat(floor.scheduler().openExchanges()).as("only what runs on the other one").isOne();
  }

  @Test
  void endsWithTheGateway() {
    talk(floor);
    load(floor, "b2");
    List<RoutingEffect> effects = floor.scheduler().drain(at(31));
    assertThat(only(RoutingEffect.Stop.class, effects))
        .extracting(RoutingEffect.Stop::why)
        .containsExactly(Why.CLIENT_GONE);
  }

  /** Two backends, of which only the first is up. */
  private static Floor floor(Duration warmUp) {
    RoutingPolicy policy = new RoutingPolicy(Strategy.LEAST_BUSY, 0.01, Duration.ZERO, warmUp);
    Floor floor = new Floor(Fixture.with(policy, equalBackends(2, 1, bounds(99))));
    floor.scheduler().status(Fixture.status("b2", Health.DOWN, 1), at(0));
    return floor;
  }

  private static void talk(Floor floor) {
    int number = 0;
    for (String role : List.of("once", "often", "often", "often", "twice", "twice")) {
      ask(floor, number, role, 1 + number);
      finish(floor, number);
      number++;
    }
    floor.scheduler().status(Fixture.status("b2", Health.UP, 1), at(29));
    ask(floor, 7, "rare", 29);
  }

  private static List<RoutingEffect> ask(Floor floor, int number, String role, double seconds) {
    ChatRequest request =
        ChatRequest.of(FAST.value(), List.of(role(role), new Message.User("hi " + number)));
    Submission submission =
        new Submission(
            exchange(number),
            0,
            FAST,
            request,
            Priority.NORMAL,
            new ClientId("c" + number),
            at(100_000));
    return floor.submit(submission, at(seconds));
  }

  private static Message.Instruction role(String name) {
    return new Message.Instruction((name + " ").repeat(1_000));
  }

  private static void finish(Floor floor, int number) {
    floor.finish(completed(exchange(number), id("b1")), at(2 + number));
  }

  private static List<RoutingEffect> load(Floor floor, String backend) {
    List<LoadedModel> loaded = List.of(LoadedModel.named("ollama-" + FAST));
    BackendStatus status =
        new BackendStatus(id(backend), Health.UP, "0.24.0", 1, 0, 0, 0, loaded, List.of(), "");
    return floor.scheduler().status(status, at(30));
  }
}
