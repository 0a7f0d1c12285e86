package com.visiquate.ccproxy.access;

import com.visiquate.ccproxy.bus.AccessMessage.Claims;
import com.visiquate.ccproxy.bus.AccessMessage.Heard;
import com.visiquate.ccproxy.bus.AccessMessage.Verdict;
import com.visiquate.ccproxy.bus.Membership.Member;
import com.visiquate.ccproxy.fleet.AccessKey;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.NodeId;
import com.visiquate.ccproxy.fleet.Quota;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Nodes with books and turnstiles, and what lies between them, in virtual time. */
final class QuotaWorld {
  static final List<AccessKey> KEYS =
      List.of(
          key("at-once", new Quota(0, 0, 3)),
          key("requests", new Quota(30, 0, 0)),
          key("tokens", new Quota(0, 3_000, 0)));

  private static final int PATIENCE = 10_000;
  private static final int TICK = 100;

  /** Whoever has begun within this time may not have been told anything yet. */
  private static final int NEW = 3_000;

  private final SplittableRandom random;
  private final QuotaJudge judge;
  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingLong(Task::number));
  private final List<Node> nodes = new ArrayList<>();
  private long time = 1_000_000;
  private long number;
  private long lives;
  private int side;
  private double loss;
  private double doubling;
  private int delay = 1;

  private record Task(long at, long number, Runnable what) {}

  /** One node, from its start to its end. */
  final class Node {
    final int index;
    final Member self;
    final Book book = new Book();
    final Map<ExchangeId, Request> asking = new HashMap<>();
    private final long since = time;
    private final Duration clock = Duration.ofSeconds(random.nextInt(3_600));
    private List<Member> view = List.of();
    private boolean alive = true;
    private @Nullable CommonTurnstile turnstile;
    private long life;

    Node(int index) {
      this.index = index;
      this.self = new Member(new NodeId("n" + index), ++lives, 1);
      book.follow(KEYS);
    }

    boolean isAlive() {
      return alive;
    }

    private Instant now() {
      return Instant.ofEpochMilli(time).plus(clock);
    }

    private void sees(List<Member> seen) {
      view = seen;
      if (!seen.getFirst().equals(self)) {
        turnstile = null;
      } else if (turnstile == null) {
        life = ++lives;
        turnstile = new CommonTurnstile(life, now());
        turnstile.follow(KEYS);
      }
    }

    private void tick() {
      if (alive) {
        if (!view.isEmpty()) {
          book.follow(self, view.getFirst());
        }
        if (turnstile != null) {
          turnstile.gather(Set.copyOf(view));
        }
        tell();
        later(TICK, this::tick);
      }
    }

    private void tell() {
      book.due(now()).ifPresent(claims -> send(claims, judge.snapshot(this)));
    }

    private void send(Claims claims, QuotaJudge.Snapshot said) {
      Node leader = node(view.getFirst());
      carry(this, leader, () -> leader.hear(this, claims, said));
    }

    private void hear(Node from, Claims claims, QuotaJudge.Snapshot said) {
      CommonTurnstile asked = turnstile;
      if (asked != null) {
        judge.told(life, from, claims, said, time);
        Heard heard = asked.hear(claims, now());
        heard.verdicts().forEach(verdict -> decided(from, verdict));
        carry(this, from, () -> from.answered(heard));
      }
    }

    private void decided(Node from, Verdict verdict) {
      Request request = from.asking.get(verdict.exchange());
      if (request != null) {
        judge.decided(life, request, verdict.objection() == null, time);
      }
    }

    private void answered(Heard heard) {
      for (Verdict verdict : book.heard(heard, now())) {
        Request request = asking.get(verdict.exchange());
        if (request != null) {
          boolean yes = verdict.objection() == null;
          judge.answered(request, yes, time);
          if (yes) {
            later(request.millis, () -> end(request, request.tokens));
          } else {
            end(request, 0);
          }
        }
      }
      tell();
    }

    private void end(Request request, int tokens) {
      if (alive && asking.remove(request.id) != null) {
        book.exit(request.id, tokens, now());
        judge.ended(request, tokens, time);
        tell();
      }
    }
  }

  /** What a client wants of a node. */
  static final class Request {
    final ExchangeId id;
    final Node node;
    final String key;
    final int millis;
    final int tokens;
    final long since;

    Request(ExchangeId id, Node node, String key, int millis, int tokens, long since) {
      this.id = id;
      this.node = node;
      this.key = key;
      this.millis = millis;
      this.tokens = tokens;
      this.since = since;
    }
  }

  QuotaWorld(long seed, int size, boolean cuts) {
    random = new SplittableRandom(seed);
    judge = new QuotaJudge("seed " + seed, !cuts);
    for (int i = 0; i < size; i++) {
      nodes.add(new Node(i));
      nodes.get(i).tick();
    }
    changed();
  }

  QuotaJudge judge() {
    return judge;
  }

  void later(int millis, Runnable what) {
    tasks.add(new Task(time + millis, ++number, what));
  }

  void run(int millis) {
    long until = time + millis;
    while (!tasks.isEmpty() && tasks.peek().at() <= until) {
      Task next = tasks.remove();
      time = next.at();
      next.what().run();
    }
    time = until;
  }

  void ask(int index, String key, int millis, int tokens) {
    Node node = nodes.get(index);
    if (node.alive) {
      ExchangeId id = new ExchangeId("e" + ++number);
      Request request = new Request(id, node, key, millis, tokens, time);
      node.asking.put(id, request);
      judge.asks(request);
      node.book.want(id, key);
      node.tell();
      later(PATIENCE, () -> giveUp(request));
    }
  }

  private void giveUp(Request request) {
    if (request.node.alive && judge.waits(request)) {
      judge.gaveUp(request, time);
      request.node.end(request, 0);
    }
  }

  int leader() {
    return nodes.stream()
        .filter(Node::isAlive)
        .min(Comparator.comparingLong(one -> one.self.life()))
        .map(one -> one.index)
        .orElse(0);
  }

  void kill(int index) {
    Node node = nodes.get(index);
    if (node.alive && nodes.stream().filter(Node::isAlive).count() > 1) {
      node.alive = false;
      boolean alone = nodes.stream().noneMatch(one -> one.alive && one.since < time - NEW);
      judge.died(node, node.turnstile != null, alone, time);
      node.turnstile = null;
      changed();
    }
  }

  void start(int index) {
    if (!nodes.get(index).alive) {
      nodes.set(index, new Node(index));
      nodes.get(index).tick();
      changed();
    }
  }

  /** Those whose bits are set hear only each other. */
  void cut(int mask) {
    side = mask;
    changed();
  }

  void trouble(double lost, double doubled, int late) {
    loss = lost;
    doubling = doubled;
    delay = late;
  }

  void recover() {
    trouble(0, 0, 1);
    side = 0;
    for (int i = 0; i < nodes.size(); i++) {
      start(i);
    }
    changed();
  }

  /** Each sees it at its own time. */
  private void changed() {
    judge.changes(time);
    for (Node node : nodes) {
      later(random.nextInt(900), () -> look(node));
      later(1_000, () -> look(node));
    }
  }

  private void look(Node node) {
    if (node.alive) {
      node.sees(
          nodes.stream()
              .filter(other -> other.alive && !isCut(node, other))
              .map(other -> other.self)
              .sorted(Comparator.comparingLong(Member::life))
              .toList());
    }
  }

  private boolean isCut(Node one, Node other) {
    return (side >> one.index & 1) != (side >> other.index & 1);
  }

  private Node node(Member member) {
    return nodes.get(Integer.parseInt(member.node().value().substring(1)));
  }

  private void carry(Node from, Node to, Runnable what) {
    boolean here = from == to;
    int copies = here ? 1 : random.nextDouble() < loss ? 0 : random.nextDouble() < doubling ? 2 : 1;
    for (int i = 0; i < copies; i++) {
      int late = here ? 0 : 1 + random.nextInt(delay) + i * random.nextInt(2_000);
      later(
          late,
          () -> {
            if (to.alive && !isCut(from, to)) {
              what.run();
            }
          });
    }
  }

  private static AccessKey key(String name, Quota quota) {
    return new AccessKey(name, "0".repeat(64), List.of(), quota, null);
  }
}
