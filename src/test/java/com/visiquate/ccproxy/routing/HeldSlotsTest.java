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
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.chat.RawJson;
import com.visiquate.ccproxy.chat.ToolCall;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.fleet.RoutingPolicy;
import com.visiquate.ccproxy.fleet.Strategy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is counted as a slot that was kept for a conversation. */
final class HeldSlotsTest {
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
    List<Effect> effects = floor.submit(Fixture.from("agent", 1, next), at(4));
    assertThat(effects).hasAtLeastOneElementOfType(Effect.Start.class);
    assertThat(Floor.only(Effect.Note.class, effects))
        .extracting(Effect.Note::fact)
        .filteredOn(SlotHeld.class::isInstance)
        .hasSize(strategy == Strategy.LEAST_BUSY ? 1 : 0);
  }
}
