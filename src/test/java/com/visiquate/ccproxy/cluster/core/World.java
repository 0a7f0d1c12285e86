package com.visiquate.ccproxy.cluster.core;

import static org.assertj.core.api.Assertions.fail;

import com.visiquate.ccproxy.bus.BusMessage.Leave;
import com.visiquate.ccproxy.bus.BusMessage.Submit;
import com.visiquate.ccproxy.bus.BusMessage.Why;
import com.visiquate.ccproxy.bus.FallbackOptions;
import com.visiquate.ccproxy.bus.Membership.Member;
import com.visiquate.ccproxy.bus.NodeMessage.Parcel;
import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendSpec;
import com.visiquate.ccproxy.fleet.Catalogue;
import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.GhostRule;
import com.visiquate.ccproxy.fleet.Limits;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.fleet.NodeId;
import com.visiquate.ccproxy.fleet.PriorityRules;
import com.visiquate.ccproxy.fleet.QueueBounds;
import com.visiquate.ccproxy.fleet.RoutingPolicy;
import com.visiquate.ccproxy.fleet.Strategy;
import com.visiquate.ccproxy.fleet.Waiting;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/** Nodes and what lies between them, in virtual time; the same seed is the same history. */
final class World {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  static final Duration DEADLINE = Duration.ofMinutes(30);

  /** Milliseconds between two looks of a node at its clock. */
  static final int TICK = 100;

  private static final int HEARTBEAT = 250;
  private static final int SUSPECT = 1_500;

  private final long seed;
  private final SplittableRandom random;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
  private final List<SimNode> nodes = new ArrayList<>();
  private final List<Integer> ages = new ArrayList<>();
  private final Network network;
  private final Books books = new Books();
  private final FleetPlan plan;
  private long time;
  private long numbers;
  private int runs;
  private int requests;
  private boolean calm;

  private record Event(long at, long number, Runnable task) {}

  World(long seed, int size) {
    this.seed = seed;
    random = new SplittableRandom(seed);
    network = new Network(size, random);
    plan = plan(size);
    for (int i = 0; i < size; i++) {
      nodes.add(start(i));
      ages.add(i);
    }
    membership();
    nodes.forEach(SimNode::begin);
  }

  // ---- what it is made of

  private FleetPlan plan(int size) {
    List<BackendSpec> backends = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      backends.add(spec(i));
    }
    List<BackendId> all = backends.stream().map(BackendSpec::id).toList();
    List<ModelSpec> models =
        List.of(model("fast", all), model("deep", all.subList(0, (size + 1) / 2)));
    Limits limits = new Limits(Duration.ofHours(1), Duration.ZERO, Duration.ZERO, Duration.ZERO);
    return new FleetPlan(
        backends,
        Map.of(),
        new Catalogue(models, List.of()),
        new RoutingPolicy(
            random.nextBoolean() ? Strategy.LEAST_REQUESTS : Strategy.LEAST_BUSY,
            0.5,
            Duration.ZERO),
        new QueueBounds(1_000, Duration.ofHours(1)),
        PriorityRules.DEFAULT,
        limits,
        Waiting.DEFAULT,
        List.of());
  }

  private BackendSpec spec(int i) {
    String name = "b" + i;
    URI url = URI.create("http://127.0.0.1:11434");
    return new BackendSpec(
        new BackendId(name), url, 1 + random.nextInt(2), 1, name, 2, GhostRule.AUTO);
  }

  private static ModelSpec model(String name, List<BackendId> on) {
    return new ModelSpec(new ModelName(name), "ollama-" + name, 4096, on, false, "30m", Map.of());
  }

  private SimNode start(int i) {
    Member member = new Member(new NodeId("n" + i), ++numbers, network.protocol(i));
    return new SimNode(this, member, List.of(plan.backends().get(i)));
  }

  SimRouting routing(SimNode node) {
    return new SimRouting(plan, node, random.nextLong());
  }

  SplittableRandom random() {
    return random;
  }

  Books books() {
    return books;
  }

  List<SimNode> nodes() {
    return nodes;
  }

  Network network() {
    return network;
  }

  long time() {
    return time;
  }

  int nextRun() {
    return ++runs;
  }

  /** Whether nothing may befall it any more. */
  boolean isCalm() {
    return calm;
  }

  boolean fails(double chance) {
    return !calm && random.nextDouble() < chance;
  }

  // ---- time

  void later(long millis, Runnable task) {
    events.add(new Event(time + millis, ++numbers, task));
  }

  void run(long millis) {
    long until = time + millis;
    for (Event next = events.peek(); next != null && next.at() <= until; next = events.peek()) {
      events.poll();
      time = next.at();
      try {
        next.task().run();
      } catch (AssertionError | RuntimeException wrong) {
        throw new AssertionError("seed %d, at %d ms".formatted(seed, time), wrong);
      }
    }
    time = until;
  }

  // ---- who sees whom

  private void membership() {
    network.heartbeats(nodes, time);
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i).isAwake()) {
        nodes.get(i).sees(seenBy(i));
      }
    }
    later(HEARTBEAT, this::membership);
  }

  private List<Member> seenBy(int i) {
    List<Integer> there = new ArrayList<>();
    for (int j = 0; j < nodes.size(); j++) {
      if (j == i || network.heard(i, j, time - SUSPECT)) {
        there.add(j);
      }
    }
    there.sort(Comparator.comparing(ages::get));
    return there.stream().map(j -> nodes.get(j).member()).toList();
  }

  void send(SimNode from, Member to, Parcel parcel) {
    int i = nodes.indexOf(from);
    for (int j = 0; j < nodes.size(); j++) {
      SimNode there = nodes.get(j);
      if (there.member().equals(to) && i >= 0) {
        for (long delay : network.delays(i, j)) {
          later(delay, () -> there.wake(() -> there.receives(parcel)));
        }
      }
    }
  }

  // ---- what happens

  void ask(int node, String model, int words) {
    SimNode at = nodes.get(node);
    if (!at.isAwake()) {
      return;
    }
    ExchangeId exchange = new ExchangeId("x" + ++requests);
    books.asked(exchange, at);
    ChatRequest request = ChatRequest.of(model, List.of(new Message.User("hello " + words)));
    Submit submit =
        new Submit(
            exchange,
            0,
            request,
            null,
            new ClientId("c" + words % 3),
            at.now().plus(DEADLINE).minusSeconds(60),
            FallbackOptions.NONE,
            false);
    at.does(at.core().submit(submit, at.now()));
  }

  void leave(SimNode node, ExchangeId exchange) {
    if (node.isAwake() && books.isOpen(exchange)) {
      books.left(exchange);
      node.does(node.core().leave(new Leave(exchange, Why.CLIENT_GONE), node.now()));
    }
  }

  void leave(int node) {
    SimNode at = nodes.get(node);
    List<ExchangeId> open = books.open(at);
    if (!open.isEmpty()) {
      leave(at, open.get(random.nextInt(open.size())));
    }
  }

  void kill(int node) {
    nodes.get(node).die();
  }

  /** It comes back as the youngest. */
  void restart(int node) {
    if (nodes.get(node).isDead()) {
      SimNode fresh = start(node);
      nodes.set(node, fresh);
      ages.set(node, (int) ++numbers);
      fresh.sees(seenBy(node));
      fresh.begin();
    }
  }

  /** As members do that were apart: they join anew. */
  void rejoin(int node) {
    ages.set(node, (int) ++numbers);
  }

  int leader() {
    int eldest = 0;
    for (int i = 0; i < nodes.size(); i++) {
      boolean older = nodes.get(eldest).isDead() || ages.get(i) < ages.get(eldest);
      eldest = !nodes.get(i).isDead() && older ? i : eldest;
    }
    return eldest;
  }

  /** Everything is whole again: all that waits is served, and nothing is left behind. */
  void recover(long within) {
    calm = true;
    network.heal();
    for (int i = 0; i < nodes.size(); i++) {
      nodes.get(i).resume();
      upgrade(i);
      restart(i);
    }
    long until = time + within;
    while (time < until && !books.open().isEmpty()) {
      run(500);
    }
    check(books.open().isEmpty(), "no end within %d ms: %s".formatted(within, books.open()));
    run(8_000);
    check(nodes.stream().filter(node -> node.core().isLeading()).count() == 1, "not one leader");
    for (SimNode node : nodes) {
      check(node.core().open() == 0, node.member() + " waits for what is over");
      check(node.isIdle(), node.member() + " holds a slot for nobody");
      SimRouting routing = node.routing();
      check(routing == null || routing.open() == 0, node.member() + " orders what is over");
    }
  }

  /** It may serve a model alone that it has not. */
  private void upgrade(int node) {
    if (network.protocol(node) != nodes.get(node).member().protocol()
        || network.protocol(node) != 1) {
      network.protocol(node, 1);
      nodes.get(node).die();
    }
  }

  private void check(boolean holds, String otherwise) {
    if (!holds) {
      fail("seed %d, at %d ms: %s", seed, time, otherwise);
    }
  }
}
