package com.visiquate.ccproxy.cluster.core;

import com.visiquate.ccproxy.bus.BusMessage;
import com.visiquate.ccproxy.bus.BusMessage.Admitted;
import com.visiquate.ccproxy.bus.BusMessage.Answered;
import com.visiquate.ccproxy.bus.BusMessage.Broke;
import com.visiquate.ccproxy.bus.BusMessage.Ended;
import com.visiquate.ccproxy.bus.BusMessage.GhostGone;
import com.visiquate.ccproxy.bus.BusMessage.Leave;
import com.visiquate.ccproxy.bus.BusMessage.Lost;
import com.visiquate.ccproxy.bus.BusMessage.NoRoom;
import com.visiquate.ccproxy.bus.BusMessage.Refused;
import com.visiquate.ccproxy.bus.BusMessage.SlotReport;
import com.visiquate.ccproxy.bus.BusMessage.Start;
import com.visiquate.ccproxy.bus.BusMessage.Submit;
import com.visiquate.ccproxy.bus.BusMessage.TakeOver;
import com.visiquate.ccproxy.bus.BusMessage.ToIngress;
import com.visiquate.ccproxy.bus.BusMessage.Why;
import com.visiquate.ccproxy.bus.Membership.Member;
import com.visiquate.ccproxy.bus.Membership.Origin;
import com.visiquate.ccproxy.bus.Membership.Term;
import com.visiquate.ccproxy.bus.Membership.Ticket;
import com.visiquate.ccproxy.bus.NodeMessage;
import com.visiquate.ccproxy.bus.SuccessionMessage;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What stands between the routing of the node that leads and all owners. It begins with nothing,
 * and everything in it was told by an owner, who tells it again.
 */
final class LeaderDuty {
  /** What does not come through a routing's own ingress numbers. */
  static final int RELAY = 1_000_000;

  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Term term;
  private final Post post;
  private final Gathering gathering;
  private final Map<ExchangeId, KnownWish> wishes = new LinkedHashMap<>();
  private final Map<BackendId, Owned> backends = new LinkedHashMap<>();
  private final Set<ExchangeId> remembered = new HashSet<>();
  private long orders;

  /** A backend, whose it is, and how it is. */
  private record Owned(Member owner, long edition, BackendStatus status) {}

  LeaderDuty(Term term, View view, Post post, Instant now) {
    this.term = term;
    this.post = post;
    this.gathering = new Gathering(view.members(), now);
  }

  // ---- what ingresses say

  void wanted(NodeMessage.Wanted wanted, Member from, long stamp, Instant now) {
    ExchangeId exchange = wanted.submit().exchange();
    KnownWish before = wishes.get(exchange);
    if (before != null) {
      answerAgain(exchange, before);
      return;
    }
    if (gathering.isOver(from, stamp, exchange)) {
      return;
    }
    wishes.put(exchange, new KnownWish(new Origin(from, stamp, wanted.submit().client())));
    gathering.add(wanted, now);
    gathering.ready(now).forEach(waiting -> submit(waiting, now));
  }

  private void answerAgain(ExchangeId exchange, KnownWish wish) {
    if (wish.admission() != null) {
      tell(wish, new Answered(exchange, wish.admission()));
    }
  }

  private void submit(Gathering.Waiting waiting, Instant now) {
    KnownWish wish = wishes.get(waiting.exchange());
    if (wish == null || wish.isPlaced()) {
      return;
    }
    NodeMessage.Wanted wanted = waiting.wanted();
    Duration kept = Duration.between(waiting.heard(), now);
    Submit submit =
        Orders.until(waiting.heard().plus(wanted.left()), RELAY, wanted.submit());
    post.add(
        new NodeEffect.Succeed(
            new SuccessionMessage.Resubmit(submit, wanted.age().plus(kept))));
  }

  void departed(Leave leave) {
    KnownWish wish = wishes.get(leave.exchange());
    if (wish != null) {
      if (!wish.isPlaced()) {
        wishes.remove(leave.exchange());
      }
      post.add(new NodeEffect.Leave(leave));
    }
  }

  /** What a home waits for, all of it. */
  void wishes(Member home, Collection<NodeMessage.Wish> told, long stamp, Instant now) {
    gathering.told(home, told, stamp);
    Map<ExchangeId, NodeMessage.Wish> named =
        told.stream().collect(Collectors.toMap(NodeMessage.Wish::exchange, wish -> wish));
    List.copyOf(wishes.entrySet()).stream()
        .filter(entry -> entry.getValue().origin().home().equals(home))
        .filter(entry -> entry.getValue().origin().stamp() < stamp)
        .filter(entry -> !named.containsKey(entry.getKey()))
        .forEach(entry -> departed(new Leave(entry.getKey(), Why.CLIENT_GONE)));
    List<ExchangeId> unknown =
        told.stream()
            .filter(wish -> wish.at() == null && !wishes.containsKey(wish.exchange()))
            .map(NodeMessage.Wish::exchange)
            .toList();
    recall(home, unknown);
    gathering.ready(now).forEach(waiting -> submit(waiting, now));
  }

  private void recall(Member owner, List<ExchangeId> unknown) {
    if (!unknown.isEmpty()) {
      post.send(owner, new NodeMessage.Recall(unknown));
    }
  }

  // ---- what backends say

  void stands(NodeMessage.Stands stands, Member owner) {
    BackendStatus status = stands.status();
    Owned before = backends.get(status.id());
    if (before != null && before.owner().equals(owner) && before.edition() > stands.edition()) {
      return;
    }
    backends.put(status.id(), new Owned(owner, stands.edition(), status));
    if (before == null || !before.status().equals(status)) {
      post.add(new NodeEffect.Status(status));
    }
  }

  /** What a backend runs, all of it. */
  void standing(Member owner, NodeMessage.Standing standing, Instant now) {
    BackendId backend = standing.backend();
    Owned known = backends.get(backend);
    if (known == null || !known.owner().equals(owner) || known.edition() < standing.edition()) {
      post.send(owner, new NodeMessage.HowIs(backend));
    }
    Map<ExchangeId, NodeMessage.Held> runs =
        standing.runs().stream()
            .collect(Collectors.toMap(NodeMessage.Held::exchange, held -> held));
    for (Map.Entry<ExchangeId, KnownWish> entry : List.copyOf(wishes.entrySet())) {
      KnownWish wish = entry.getValue();
      NodeMessage.Held held = runs.get(entry.getKey());
      if (wish.isOn(backend)) {
        check(entry.getKey(), wish, held, standing.last(), backend, now);
      }
    }
    recall(owner, runs.values().stream().filter(this::isUnknown).map(h -> h.exchange()).toList());
  }

  private boolean isUnknown(NodeMessage.Held held) {
    KnownWish wish = wishes.get(held.exchange());
    return wish == null || !wish.isPlaced();
  }

  private void check(
      ExchangeId exchange,
      KnownWish wish,
      NodeMessage.@Nullable Held held,
      @Nullable Ticket last,
      BackendId backend,
      Instant now) {
    Ticket ticket = wish.ticket();
    if (ticket == null || (held != null && held.ticket().equals(ticket))) {
      wish.found();
      return;
    }
    boolean heard = last != null && !ticket.isAfter(last);
    boolean over = heard ? wish.isMissing(now, PATIENCE) : wish.isOverdue(now);
    if (over) {
      ended(exchange, backend);
    }
  }

  /** What became of it is not known, but it runs there no more: whoever wants it says so. */
  private void ended(ExchangeId exchange, BackendId backend) {
    wishes.remove(exchange);
    Ended end = new Ended(exchange, backend, Outcome.CLIENT_GONE, Counts.NONE, null, false);
    post.add(new NodeEffect.Report(end));
    // It may have been a ghost, which only goes by this.
    post.add(new NodeEffect.Report(new GhostGone(exchange, backend, false)));
  }

  /** Something runs there that was not ordered in this term. */
  void running(NodeMessage.Running run, Instant now) {
    Start start = Orders.start(run.order());
    ExchangeId exchange = start.exchange();
    KnownWish wish = wishes.computeIfAbsent(exchange, id -> new KnownWish(run.origin()));
    if (wish.isPlaced()) {
      return;
    }
    wish.place(run.ticket(), run.backend(), now);
    wish.admitted(new Admitted(null, 0, Duration.ZERO));
    if (run.ghost()) {
      wish.haunt();
    }
    Start here = Orders.start(Orders.to(RELAY, Orders.until(now.plus(run.left()), start)));
    post.add(
        new NodeEffect.Succeed(
            new SuccessionMessage.Adopt(
                run.backend(), here, run.origin().client(), run.since(), run.spoke(), run.ghost())));
  }

  /** Something has run there before this term, or has been seen to. */
  void remembered(NodeMessage.Remembered past) {
    Start start = Orders.start(past.order());
    if (remembered.add(start.exchange()) && !wishes.containsKey(start.exchange())) {
      post.add(
          new NodeEffect.Succeed(
              new SuccessionMessage.Remember(
                  start, past.origin().client(), past.ended())));
    }
  }

  void reported(NodeMessage.Reported reported) {
    SlotReport report = reported.report();
    KnownWish wish = wishes.get(report.exchange());
    if (wish == null || !wish.isAt(reported.ticket())) {
      return;
    }
    switch (report) {
      case Ended ended when ended.ghost() -> wish.haunt();
      case Ended ended -> {
        remembered.add(report.exchange());
        wishes.remove(report.exchange());
      }
      case GhostGone gone when wish.isGhost() -> wishes.remove(report.exchange());
      case GhostGone gone -> {
        // It has overtaken what said that it is one.
        ended(report.exchange(), report.backend());
        return;
      }
      case NoRoom full -> wish.release();
      case Lost lost -> wish.release();
      default -> {}
    }
    post.add(new NodeEffect.Report(report));
  }

  // ---- what routing says

  void order(BusMessage.Order order, BackendId backend, Member self, Instant now) {
    Start start = Orders.start(order);
    KnownWish wish = wishes.get(start.exchange());
    if (wish == null && start.ingress() < 0) {
      wish = new KnownWish(new Origin(self, post.stamp(), OWN));
      wishes.put(start.exchange(), wish);
    }
    if (order instanceof TakeOver over) {
      wishes.remove(over.from());
    }
    Owned owned = backends.get(backend);
    // Whose home has just said that it is over, is not begun: routing hears of that next.
    if (owned == null || wish == null) {
      post.add(new NodeEffect.Report(new NoRoom(start.exchange(), backend, "nobody is there")));
      return;
    }
    Ticket ticket = new Ticket(term, ++orders);
    wish.place(ticket, backend, now);
    Duration left = Duration.between(now, start.deadline());
    post.send(
        owned.owner(), new NodeMessage.Ordered(ticket, wish.origin(), backend, order, left));
  }

  /** What this gateway computes in advance is nobody's. */
  private static final com.visiquate.ccproxy.fleet.ClientId OWN =
      new com.visiquate.ccproxy.fleet.ClientId("ccproxy");

  void control(BackendId backend, BusMessage.Control control) {
    Owned owned = backends.get(backend);
    if (owned != null) {
      post.send(owned.owner(), new NodeMessage.Directed(backend, ticket(control), control));
    }
  }

  private @Nullable Ticket ticket(BusMessage.Control control) {
    KnownWish wish =
        control instanceof BusMessage.Stop stop ? wishes.get(stop.exchange()) : null;
    return wish == null ? null : wish.ticket();
  }

  void answer(ToIngress message) {
    KnownWish wish = wishes.get(message.exchange());
    if (wish == null) {
      return;
    }
    if (message instanceof Answered answered) {
      wish.admitted(answered.admission());
    }
    boolean over =
        message instanceof Broke
            || (message instanceof Answered answered && answered.admission() instanceof Refused);
    if (over && !wish.isPlaced()) {
      wishes.remove(message.exchange());
    }
    tell(wish, message);
  }

  private void tell(KnownWish wish, ToIngress message) {
    post.send(wish.origin().home(), new NodeMessage.Answer(message));
  }

  /** What this node runs in advance by its own wish. */
  List<NodeMessage.Wish> own() {
    return wishes.entrySet().stream()
        .filter(entry -> entry.getValue().origin().client().equals(OWN))
        .filter(entry -> entry.getValue().isPlaced())
        .map(entry -> new NodeMessage.Wish(entry.getKey(), entry.getValue().ticket(), 0))
        .toList();
  }

  // ---- members and time

  void see(View view) {
    new ArrayList<>(backends.entrySet())
        .stream()
            .filter(entry -> !view.has(entry.getValue().owner()))
            .forEach(entry -> gone(entry.getKey(), entry.getValue().status()));
    new HashMap<>(wishes)
        .forEach(
            (exchange, wish) -> {
              if (!view.has(wish.origin().home())) {
                departed(new Leave(exchange, Why.CLIENT_GONE));
              }
            });
  }

  private void gone(BackendId backend, BackendStatus status) {
    backends.remove(backend);
    new LinkedHashMap<>(wishes)
        .forEach(
            (exchange, wish) -> {
              if (wish.isOn(backend)) {
                ended(exchange, backend);
              }
            });
    post.add(
        new NodeEffect.Status(
            new BackendStatus(
                backend,
                Health.DOWN,
                status.version(),
                status.slots(),
                0,
                0,
                0,
                List.of(),
                status.installed(),
                "its node is gone")));
  }

  void tick(Instant now) {
    gathering.ready(now).forEach(waiting -> submit(waiting, now));
  }
}
