package com.visiquate.ccproxy.cluster.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.BusMessage;
import com.visiquate.ccproxy.bus.BusMessage.Said;
import com.visiquate.ccproxy.bus.BusMessage.Start;
import com.visiquate.ccproxy.bus.BusMessage.Started;
import com.visiquate.ccproxy.bus.BusMessage.Submit;
import com.visiquate.ccproxy.bus.FallbackOptions;
import com.visiquate.ccproxy.bus.Membership.Member;
import com.visiquate.ccproxy.bus.Membership.Origin;
import com.visiquate.ccproxy.bus.Membership.Term;
import com.visiquate.ccproxy.bus.Membership.Ticket;
import com.visiquate.ccproxy.bus.NodeMessage;
import com.visiquate.ccproxy.bus.NodeMessage.Content;
import com.visiquate.ccproxy.bus.NodeMessage.Parcel;
import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.fleet.NodeId;
import com.visiquate.ccproxy.fleet.Placement;
import com.visiquate.ccproxy.fleet.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One node between others: the second, of three. */
final class ClusterNodeTest {
  private static final Instant START = World.START;
  private static final Member ELDEST = member("a", 1, 1);
  private static final Member SELF = member("b", 2, 1);
  private static final Member YOUNGEST = member("c", 3, 1);
  private static final BackendId BACKEND = new BackendId("b1");
  private static final ModelName MODEL = new ModelName("fast");
  private static final ExchangeId ID = new ExchangeId("x1");

  private final ClusterNode node = new ClusterNode(SELF, START);
  private long stamps = 100;

  ClusterNodeTest() {
    node.sees(new View(SELF, List.of(ELDEST, SELF, YOUNGEST)), START);
    node.stands(status(), START);
  }

  @Test
  void submitsToTheEldest() {
    assertThat(sent(ELDEST, NodeMessage.Wanted.class, node.submit(submit(), START))).hasSize(1);
  }

  @Test
  void submitsAgainToTheNextLeaderWithItsAge() {
    node.submit(submit(), START);
    hears(YOUNGEST, 6);
    View without = new View(SELF, List.of(YOUNGEST, SELF));
    List<NodeEffect> effects = node.sees(without, after(7));

    assertThat(sent(YOUNGEST, NodeMessage.Wanted.class, effects))
        .singleElement()
        .matches(wanted -> wanted.age().equals(Duration.ofSeconds(7)))
        .matches(wanted -> wanted.left().equals(Duration.ofSeconds(593)));
    assertThat(sent(YOUNGEST, NodeMessage.Stands.class, effects)).hasSize(1);
  }

  @Test
  void leadsWhenItIsTheEldest() {
    node.submit(submit(), START);
    hears(YOUNGEST, 6);
    List<NodeEffect> effects = node.sees(new View(SELF, List.of(SELF, YOUNGEST)), after(7));

    assertThat(node.isLeading()).isTrue();
    assertThat(effects).anyMatch(NodeEffect.Lead.class::isInstance);
    assertThat(only(NodeEffect.Status.class, effects)).isNotEmpty();
    // It waits a moment for what the others have, so that the oldest goes first.
    assertThat(only(NodeEffect.Succeed.class, effects)).isEmpty();
    assertThat(only(NodeEffect.Succeed.class, node.tick(after(7.4)))).hasSize(1);
  }

  @Test
  void tellsItsRoutingAgainHowBackendsAre() {
    node.sees(new View(SELF, List.of(SELF)), START);
    node.tick(after(1));
    assertThat(only(NodeEffect.Status.class, node.tick(after(2)))).hasSize(1);
  }

  @Test
  void hearsOnlyThoseOfItsProtocol() {
    Member stranger = member("a0", 9, 2);
    node.sees(new View(SELF, List.of(stranger, ELDEST, SELF)), START);
    assertThat(sent(ELDEST, NodeMessage.Wanted.class, node.submit(submit(), START))).hasSize(1);
    assertThat(node.receives(parcel(stranger, 9, stranger, order(9, 1)), START)).isEmpty();
  }

  @Test
  void obeysNobodyButTheEldest() {
    assertThat(runs(receives(YOUNGEST, 5, order(5, 1)))).isEmpty();
    assertThat(runs(receives(ELDEST, 5, order(5, 1)))).hasSize(1);
  }

  @Test
  void obeysNoTermThatIsOver() {
    receives(ELDEST, 5, order(5, 1));
    assertThat(runs(receives(ELDEST, 4, new ExchangeId("x2"), 4, 2))).isEmpty();
    assertThat(receives(ELDEST, 4, new NodeMessage.HowIs(BACKEND))).isEmpty();
    assertThat(receives(ELDEST, 5, new NodeMessage.HowIs(BACKEND))).hasSize(1);
  }

  @Test
  void runsNoOrderTwiceAndNoneThatWasOvertaken() {
    assertThat(runs(receives(ELDEST, 5, new ExchangeId("x2"), 5, 2))).hasSize(1);
    assertThat(runs(receives(ELDEST, 5, new ExchangeId("x2"), 5, 2))).isEmpty();
    assertThat(runs(receives(ELDEST, 5, new ExchangeId("x3"), 5, 1))).isEmpty();
  }

  @Test
  void stopsWhatRunsForAnIngressThatIsSilent() {
    receives(ELDEST, 5, order(5, 1));
    node.reported(new Started(ID, BACKEND), START);
    receives(YOUNGEST, 0, new NodeMessage.HandedBack(ticket(1, 1), ID));

    for (int second = 1; second < 5; second++) {
      assertThat(only(NodeEffect.Control.class, node.tick(after(second)))).isEmpty();
    }
    assertThat(only(NodeEffect.Control.class, node.tick(after(5))))
        .singleElement()
        .matches(control -> control.control() instanceof BusMessage.Stop);
  }

  @Test
  void givesThoseATimeToSpeakWhomItCouldNotHearAsleep() {
    receives(ELDEST, 5, order(5, 1));
    node.reported(new Started(ID, BACKEND), START);
    node.tick(after(1));

    node.tick(after(46));
    assertThat(node.isLeading()).isFalse();
    node.tick(after(47));
    assertThat(node.isLeading()).isFalse();
    node.tick(after(48));
    assertThat(node.isLeading()).isTrue();
  }

  @Test
  void takesTheFirstRunThatReachesItAndStopsAnyOther() {
    node.submit(submit(), START);
    Content first = new NodeMessage.Offered(ticket(5, 1), ID, new BackendId("a1"));
    Content second = new NodeMessage.Offered(ticket(6, 1), ID, new BackendId("c1"));
    assertThat(sent(ELDEST, NodeMessage.Declined.class, receives(ELDEST, 5, first))).isEmpty();

    assertThat(sent(YOUNGEST, NodeMessage.Declined.class, receives(YOUNGEST, 0, second)))
        .hasSize(1);
    assertThat(receives(YOUNGEST, 0, said(ticket(6, 1), 1)))
        .noneMatch(NodeEffect.Tell.class::isInstance);
    assertThat(receives(ELDEST, 5, said(ticket(5, 1), 1)))
        .anyMatch(NodeEffect.Tell.class::isInstance);
  }

  @Test
  void tellsPartsOfAnAnswerInOrderAndOnce() {
    node.submit(submit(), START);
    assertThat(told(receives(ELDEST, 5, said(ticket(5, 1), 2)))).isZero();
    assertThat(told(receives(ELDEST, 5, said(ticket(5, 1), 1)))).isEqualTo(2);
    assertThat(told(receives(ELDEST, 5, said(ticket(5, 1), 2)))).isZero();
  }

  private void hears(Member from, double second) {
    NodeMessage.Telling telling = new NodeMessage.Telling(ELDEST, List.of(), List.of());
    node.receives(parcel(from, 0, from, telling), after(second));
  }

  private List<NodeEffect> receives(Member from, long term, Content content) {
    return node.receives(parcel(from, term, ELDEST, content), START);
  }

  private List<NodeEffect> receives(
      Member from, long term, ExchangeId exchange, long ordered, long number) {
    return receives(from, term, order(exchange, ordered, number));
  }

  private Parcel parcel(Member from, long term, Member leader, Content content) {
    return new Parcel(from, ++stamps, new Term(term, leader), content);
  }

  private static NodeMessage.Ordered order(long term, long number) {
    return order(ID, term, number);
  }

  private static NodeMessage.Ordered order(ExchangeId exchange, long term, long number) {
    ModelSpec model = new ModelSpec(MODEL, "fast", 4_096, List.of(BACKEND), false, "30m", Map.of());
    Placement placement = new Placement(BACKEND, MODEL, 1, Duration.ZERO);
    Start start =
        new Start(exchange, 0, model, request(), placement, START, false, Reading.UNKNOWN);
    Origin origin = new Origin(YOUNGEST, 1, new ClientId("c"));
    return new NodeMessage.Ordered(
        ticket(term, number), origin, BACKEND, start, Duration.ofMinutes(1));
  }

  private static Content said(Ticket ticket, int number) {
    BackendId there = new BackendId("a1");
    Placement placement = new Placement(there, MODEL, 1, Duration.ZERO);
    Said said = new Said(ID, placement, List.of(new ChatEvent.Text("t" + number)));
    return new NodeMessage.Carried(ticket, there, number, said);
  }

  private static Ticket ticket(long term, long number) {
    return new Ticket(new Term(term, ELDEST), number);
  }

  private static Submit submit() {
    return new Submit(
        ID, 0, request(), null, new ClientId("c"), after(600), FallbackOptions.NONE, false);
  }

  private static ChatRequest request() {
    return ChatRequest.of("fast", List.of(new Message.User("hello")));
  }

  private static BackendStatus status() {
    return new BackendStatus(BACKEND, Health.UP, "0.24.0", 2, 0, 0, 0, List.of(), List.of(), "");
  }

  private static Member member(String name, long life, int protocol) {
    return new Member(new NodeId(name), life, protocol);
  }

  private static Instant after(double seconds) {
    return START.plusMillis((long) (seconds * 1_000));
  }

  private static List<NodeEffect.Run> runs(List<NodeEffect> effects) {
    return only(NodeEffect.Run.class, effects);
  }

  private static int told(List<NodeEffect> effects) {
    return only(NodeEffect.Tell.class, effects).size();
  }

  private static <T> List<T> only(Class<T> kind, List<NodeEffect> effects) {
    return effects.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private static <T> List<T> sent(Member to, Class<T> kind, List<NodeEffect> effects) {
    return only(NodeEffect.Send.class, effects).stream()
        .filter(send -> send.to().equals(to))
        .map(send -> send.parcel().content())
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }
}
