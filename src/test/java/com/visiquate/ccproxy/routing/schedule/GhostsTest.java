package com.visiquate.ccproxy.routing.schedule;

import static com.visiquate.ccproxy.routing.Fixture.FAST;
import static com.visiquate.ccproxy.routing.Fixture.START;
import static com.visiquate.ccproxy.routing.Fixture.at;
import static com.visiquate.ccproxy.routing.Fixture.exchange;
import static com.visiquate.ccproxy.routing.Fixture.id;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.BusMessage.Ended;
import com.visiquate.ccproxy.bus.BusMessage.FirstToken;
import com.visiquate.ccproxy.bus.BusMessage.Why;
import com.visiquate.ccproxy.bus.Fact.Belief;
import com.visiquate.ccproxy.bus.Fact.Corrected;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.fleet.BackendSpec;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.GhostRule;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.fleet.Priority;
import com.visiquate.ccproxy.routing.Fixture;
import com.visiquate.ccproxy.routing.request.RoutingEffect;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** An Ollama that says that it stops abandoned prompts, and does not. */
final class GhostsTest {
  /** Of 100 tokens, computed in a second. */
  private static final int SHORT = 100;

  /** A minute and more of work. */
  private static final int LONG = 10_000;

  private Scheduler scheduler = scheduler(GhostRule.AUTO);
  private double clock;
  private int count;

  @Test
  void isNotBelievedAnyMoreAfterTwoSilentWaits() {
    learnRates();
    assertThat(abandonAndWait(60)).isEmpty();
    assertThat(scheduler.report(100, at(clock)).backends().getFirst().haunted()).isFalse();
    assertThat(abandonAndWait(60))
        .containsExactly(new RoutingEffect.Haunted(id("b1")), correction());
    assertThat(scheduler.report(100, at(clock)).backends().getFirst().haunted()).isTrue();
    assertThat(abandonAndWait(60)).isEmpty();
  }

  @Test
  void isBelievedWhileNobodyWaits() {
    learnRates();
    for (int i = 0; i < 5; i++) {
      assertThat(abandonAndWait(0)).isEmpty();
    }
  }

  /** At a hundred tokens a second, a batch of the largest windows takes twenty seconds. */
  @Test
  void isBelievedWhileABatchIsAwaited() {
    scheduler = scheduler(GhostRule.AUTO, 65_536);
    learnRates();
    for (int i = 0; i < 5; i++) {
      assertThat(abandonAndWait(20)).isEmpty();
    }
    assertThat(abandonAndWait(60)).isEmpty();
    assertThat(abandonAndWait(60)).hasSize(2);
  }

  @Test
  void isBelievedUntilItsRatesAreLearnt() {
    assertThat(abandonAndWait(60)).isEmpty();
    assertThat(abandonAndWait(60)).isEmpty();
  }

  @Test
  void isBelievedAgainWhenItIsAnotherOne() {
    learnRates();
    abandonAndWait(60);
    scheduler.status(status("0.34.0", Health.UP), at(clock));
    assertThat(abandonAndWait(60)).isEmpty();
    assertThat(abandonAndWait(60)).hasSize(2);
    scheduler.status(status("0.34.0", Health.DOWN), at(clock));
    scheduler.status(status("0.34.0", Health.UP), at(clock));
    assertThat(scheduler.report(100, at(clock)).backends().getFirst().haunted()).isFalse();
    assertThat(abandonAndWait(60)).isEmpty();
  }

  @Test
  void isNeverCorrectedWhereItsRuleIsConfigured() {
    scheduler = scheduler(GhostRule.STOPS);
    learnRates();
    for (int i = 0; i < 5; i++) {
      assertThat(abandonAndWait(60)).isEmpty();
    }
  }

  private static RoutingEffect correction() {
    return new RoutingEffect.Correct(
        new Corrected(id("b1"), FAST, Belief.GHOSTS, "abandoned prompts run on"));
  }

  private void learnRates() {
    for (int i = 0; i < 6; i++) {
      serve(0);
    }
  }

  /** A client leaves a long prompt after two seconds; the next request then waits for so long. */
  private List<RoutingEffect> abandonAndWait(int seconds) {
    int leaving = submit(LONG);
    clock += 1;
    scheduler.left(exchange(leaving), Why.CLIENT_GONE, at(clock));
    clock += 1;
    scheduler.finished(
        new Ended(exchange(leaving), id("b1"), Outcome.CLIENT_GONE, Counts.NONE, null, false),
        at(clock));
    return serve(seconds);
  }

  /** What its end corrects. */
  private List<RoutingEffect> serve(int waited) {
    int number = submit(SHORT);
    clock += waited + 1;
    scheduler.firstToken(new FirstToken(exchange(number), id("b1")), at(clock));
    clock += 1;
    long second = 1_000_000_000L;
    Counts counts = new Counts(SHORT, 0, 20, 0, second, second, waited * second);
    Message.Assistant said = new Message.Assistant("done", "", List.of());
    List<RoutingEffect> effects =
        scheduler.finished(
            new Ended(exchange(number), id("b1"), Outcome.COMPLETED, counts, said, false),
            at(clock));
    return effects.stream()
        .filter(one -> one instanceof RoutingEffect.Haunted || one instanceof RoutingEffect.Correct)
        .toList();
  }

  private int submit(int length) {
    int number = count++;
    String text = "prompt %d ".formatted(number).repeat(length).substring(0, length);
    List<Message> messages = List.of(new Message.User(text));
    List<RoutingEffect> effects =
        scheduler
            .submit(Fixture.submission(number, FAST, Priority.NORMAL, at(1e6), messages), at(clock))
            .effects();
    assertThat(effects).hasAtLeastOneElementOfType(RoutingEffect.Start.class);
    return number;
  }

  private static Scheduler scheduler(GhostRule rule) {
    return scheduler(rule, 4_096);
  }

  private static Scheduler scheduler(GhostRule rule, int window) {
    URI url = URI.create("http://127.0.0.1:11434");
    BackendSpec spec = new BackendSpec(id("b1"), url, 1, 1, "mac", 1, rule);
    ModelSpec usual = Fixture.model(FAST, "b1");
    ModelSpec model =
        new ModelSpec(FAST, usual.ollama(), window, usual.backends(), false, "30m", Map.of());
    FleetPlan plan = Fixture.plan(List.of(spec), List.of(model), Fixture.bounds(9));
    Scheduler scheduler = new Scheduler(plan, new Random(7), START);
    scheduler.status(status("0.33.0", Health.UP), START);
    return scheduler;
  }

  private static BackendStatus status(String version, Health health) {
    return new BackendStatus(id("b1"), health, version, 1, 0, 0, 0, List.of(), List.of(), "");
  }
}
