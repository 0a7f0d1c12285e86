package com.visiquate.ccproxy.cluster.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.BusMessage.Admitted;
import com.visiquate.ccproxy.bus.BusMessage.Answered;
import com.visiquate.ccproxy.bus.BusMessage.Submit;
import com.visiquate.ccproxy.bus.FallbackOptions;
import com.visiquate.ccproxy.bus.Membership.Member;
import com.visiquate.ccproxy.bus.Membership.Term;
import com.visiquate.ccproxy.bus.NodeMessage.Parcel;
import com.visiquate.ccproxy.bus.NodeMessage.Telling;
import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A leader that is there and says nothing. */
final class SilentLeaderTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Member LEADER = new Member(new NodeId("a"), 1, 1);
  private static final Member SELF = new Member(new NodeId("b"), 2, 1);
  private static final ExchangeId EXCHANGE = new ExchangeId("x1");
  private static final Submit SUBMIT =
      new Submit(
          EXCHANGE,
          0,
          ChatRequest.of("m", List.of(new Message.User("hello"))),
          null,
          new ClientId("c"),
          START.plusSeconds(600),
          FallbackOptions.NONE,
          false);
  private final ClusterNode node = new ClusterNode(SELF, START);

  @Test
  void clientsHearThatTheyWait() {
    node.sees(new View(SELF, List.of(LEADER, SELF)), START);
    node.submit(SUBMIT, START);

    assertThat(told(0, 3)).isEmpty();
    assertThat(told(3, 30))
        .containsExactly(
            new NodeEffect.Tell(0, new Answered(EXCHANGE, new Admitted(null, 0, Duration.ZERO))));
  }

  @Test
  void leadsNobodyUntilItIsHeardAgain() {
    node.sees(new View(SELF, List.of(LEADER, SELF)), START);
    assertThat(node.isLeading()).isFalse();
    told(0, 6);
    assertThat(node.isLeading()).isTrue();

    Term beside = new Term(0, LEADER);
    node.receives(
        new Parcel(LEADER, 1, beside, new Telling(LEADER, List.of(), List.of())),
        START.plusSeconds(7));
    assertThat(node.isLeading()).isFalse();
  }

  @Test
  void isToldAllTheWhile() {
    node.sees(new View(SELF, List.of(LEADER, SELF)), START);
    told(0, 20);
    assertThat(node.tick(START.plusSeconds(21)))
        .anyMatch(effect -> effect instanceof NodeEffect.Send send && send.to().equals(LEADER));
  }

  private List<NodeEffect> told(int from, int to) {
    List<NodeEffect> told = new ArrayList<>();
    for (int second = from + 1; second <= to; second++) {
      node.tick(START.plusSeconds(second)).stream()
          .filter(NodeEffect.Tell.class::isInstance)
          .forEach(told::add);
    }
    return told;
  }
}
