package com.visiquate.ccproxy.routing;

import static com.visiquate.ccproxy.routing.Fixture.START;
import static com.visiquate.ccproxy.routing.Fixture.at;
import static com.visiquate.ccproxy.routing.Fixture.bounds;
import static com.visiquate.ccproxy.routing.Fixture.equalBackends;
import static com.visiquate.ccproxy.routing.Fixture.exchange;
import static com.visiquate.ccproxy.routing.Fixture.id;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.BusMessage.Ended;
import com.visiquate.ccproxy.bus.Fact.SlotHeld;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.chat.RawJson;
import com.visiquate.ccproxy.chat.ToolCall;
import com.visiquate.ccproxy.fleet.BackendStatus;
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
import org.junit.jupiter.params.provider.EnumSource;

/** What is counted as a slot that was kept for a conversation. */
final class HeldSlotsTest {
  private static final BackendStatus NEWER =
      new BackendStatus(id("b1"), Health.UP, "0.33.1", 1, 0, 0, 0, List.of(), List.of(), "");

  private static final List<Message> COLD =
      List.of(new Message.User("quite another text ".repeat(500)));

  private static final Message.Assistant ANSWER =
      new Message.Assistant(
          "", "", List.of(new ToolCall("c", "read", new RawJson("{\"path\":\"a\"}"))));

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void areCountedOnlyByTheStrategyThatHoldsThem(Strategy strategy) {
    RoutingPolicy policy = new RoutingPolicy(strategy, 0.01, Duration.ofSeconds(30));
    Floor floor = new Floor(Fixture.with(policy, equalBackends(1, 1, bounds(9))));
    Message question = new Message.User("text ".repeat(1_000));
    ToolCall call = new ToolCall("c", "read", new RawJson("{\"path\":\"a\"}"));
    Message.Assistant answer = new Message.Assistant("", "", List.of(call));
    floor.submit(Fixture.from("agent", 0, List.of(question)), START);
    floor.finish(
        new Ended(exchange(0), id("b1"), Outcome.COMPLETED, Fixture.COUNTS, answer, false), at(1));
    List<Message> next = List.of(question, answer, new Message.User("go on"));
    List<RoutingEffect> effects = floor.submit(Fixture.from("agent", 1, next), at(4));
    assertThat(effects).hasAtLeastOneElementOfType(RoutingEffect.Start.class);
    assertThat(Floor.only(RoutingEffect.Note.class, effects))
        .extracting(RoutingEffect.Note::fact)
        .filteredOn(SlotHeld.class::isInstance)
        .hasSize(strategy == Strategy.LEAST_BUSY ? 1 : 0);
  }

  /**
   * Where main memory keeps what a slot loses, a stranger displaces nothing, but whoever is due
   * back would have to wait for all of its prompt.
   */
  @Test
  void keepOutAStrangerForWhoeverIsDueBackSoon() {
    Floor floor = newer();
    List<Message> last = returnsSoon(floor, 12, 0.1);
    floor.submit(Fixture.from("stranger", 100, COLD), at(299));
    List<RoutingEffect> effects = ended(floor, 98, 302);
    assertThat(Floor.only(RoutingEffect.Start.class, effects)).isEmpty();
    effects.addAll(floor.submit(Fixture.from("agent", 99, next(last, 98)), at(302.1)));
    assertThat(Floor.only(RoutingEffect.Start.class, effects))
        .extracting(start -> start.submission().exchange())
        .containsExactly(exchange(99));
  }

  /** What is waited for must be worth it to all who wait meanwhile. */
  @Test
  void keepOutNobodyForWhoeverStaysAwayForLong() {
    Floor floor = newer();
    returnsSoon(floor, 12, 20);
    floor.submit(Fixture.from("stranger", 100, COLD), at(299));
    assertThat(Floor.only(RoutingEffect.Start.class, ended(floor, 98, 302)))
        .extracting(start -> start.submission().exchange())
        .containsExactly(exchange(100));
  }

  /** A hold that never held is none. */
  @Test
  void areNotCountedWhereNobodyWasKeptOut() {
    Floor floor = newer();
    returnsSoon(floor, 12, 20);
    floor.submit(Fixture.from("stranger", 100, COLD), at(299));
    assertThat(ended(floor, 98, 302))
        .filteredOn(effect -> effect instanceof RoutingEffect.Note(SlotHeld held))
        .isEmpty();
  }

  private static Floor newer() {
    RoutingPolicy policy = new RoutingPolicy(Strategy.LEAST_BUSY, 0.01, Duration.ofSeconds(60));
    Floor floor = new Floor(Fixture.with(policy, equalBackends(1, 1, bounds(99))));
    floor.scheduler().status(Fixture.status("b1", Health.UP, 1), START);
    floor.scheduler().status(NEWER, START);
    return floor;
  }

  /** Exchange 98 runs in the end; says what it asked. */
  private static List<Message> returnsSoon(Floor floor, int turns, double tool) {
    List<Message> messages = List.of(new Message.User("text ".repeat(100)));
    double now = 298 - turns * (1 + tool);
    for (int turn = 0; turn < turns; turn++) {
      floor.submit(Fixture.from("agent", turn, messages), at(now));
      ended(floor, turn, now + 1);
      now += 1 + tool;
      messages = next(messages, turn);
    }
    floor.submit(Fixture.from("agent", 98, messages), at(now));
    return messages;
  }

  private static List<Message> next(List<Message> before, int turn) {
    List<Message> messages = new ArrayList<>(before);
    messages.add(ANSWER);
    messages.add(new Message.User("result " + turn));
    return messages;
  }

  private static List<RoutingEffect> ended(Floor floor, int number, double seconds) {
    Counts counts = new Counts(200, 0, 20, 0, 2_000_000_000L, 1_000_000_000L);
    Ended report = new Ended(exchange(number), id("b1"), Outcome.COMPLETED, counts, ANSWER, false);
    return new ArrayList<>(floor.note(floor.scheduler().finished(report, at(seconds))));
  }
}
