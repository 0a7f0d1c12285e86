package com.visiquate.ccproxy.cluster.core;

import com.visiquate.ccproxy.bus.BusMessage.Admitted;
import com.visiquate.ccproxy.bus.BusMessage.Ended;
import com.visiquate.ccproxy.bus.BusMessage.GhostGone;
import com.visiquate.ccproxy.bus.BusMessage.Lost;
import com.visiquate.ccproxy.bus.BusMessage.NoRoom;
import com.visiquate.ccproxy.bus.BusMessage.SlotReport;
import com.visiquate.ccproxy.bus.BusMessage.Start;
import com.visiquate.ccproxy.bus.Membership.Member;
import com.visiquate.ccproxy.bus.Membership.Ticket;
import com.visiquate.ccproxy.bus.NodeMessage;
import com.visiquate.ccproxy.bus.SuccessionMessage.Adopt;
import com.visiquate.ccproxy.bus.SuccessionMessage.Remember;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The leader's side of all backends: what runs there, whoever has ordered it, and what became. */
final class LeaderBackends {
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final KnownWishes wishes;
  private final OwnedBackends owned;
  private final Post post;
  private final Set<ExchangeId> ended = new HashSet<>();

  LeaderBackends(KnownWishes wishes, OwnedBackends owned, Post post) {
    this.wishes = wishes;
    this.owned = owned;
    this.post = post;
  }

  /** What a backend runs, all of it: what it does not name is over. */
  void standing(Member owner, NodeMessage.Standing standing, Instant now) {
    owned.mentioned(owner, standing);
    Map<ExchangeId, NodeMessage.Held> runs =
        standing.runs().stream()
            .collect(Collectors.toMap(NodeMessage.Held::exchange, held -> held));
    for (ExchangeId exchange : wishes.on(standing.backend())) {
      KnownWish wish = wishes.find(exchange);
      if (wish != null && isOver(wish, runs.get(exchange), standing.last(), now)) {
        ended(exchange, standing.backend());
      }
    }
    List<ExchangeId> unknown = runs.keySet().stream().filter(this::isUnknown).toList();
    if (!unknown.isEmpty()) {
      post.send(owner, new NodeMessage.Recall(unknown));
    }
  }

  private boolean isUnknown(ExchangeId exchange) {
    KnownWish wish = wishes.find(exchange);
    return wish == null || !wish.isPlaced();
  }

  /** Whether it has ended there, or never come, and no report of that will come any more. */
  private static boolean isOver(
      KnownWish wish, NodeMessage.@Nullable Held held, @Nullable Ticket last, Instant now) {
    Ticket ticket = wish.ticket();
    if (ticket == null || (held != null && held.ticket().equals(ticket))) {
      wish.found();
      return false;
    }
    boolean heard = last != null && !ticket.isAfter(last);
    return heard ? wish.isMissing(now, PATIENCE) : wish.isOverdue(now);
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
    KnownWish known = wishes.find(start.exchange());
    KnownWish wish =
        known == null ? wishes.add(start.exchange(), new KnownWish(run.origin())) : known;
    if (wish.isPlaced()) {
      return;
    }
    wish.place(run.ticket(), run.backend(), now);
    wish.admitted(new Admitted(null, 0, Duration.ZERO));
    if (run.ghost()) {
      wish.haunt();
    }
    Start here =
        Orders.start(Orders.to(LeaderDuty.RELAY, Orders.until(now.plus(run.left()), start)));
    post.add(
        new NodeEffect.Succeed(
            new Adopt(
                run.backend(),
                here,
                run.origin().client(),
                run.since(),
                run.spoke(),
                run.ghost())));
  }

  /** Something has run there before this term, or has been seen to. */
  void remembered(NodeMessage.Remembered past) {
    Start start = Orders.start(past.order());
    if (ended.add(start.exchange()) && !wishes.has(start.exchange())) {
      post.add(new NodeEffect.Succeed(new Remember(start, past.origin().client(), past.ended())));
    }
  }

  /** What became of an order; of another run than the last one it says nothing. */
  void reported(NodeMessage.Reported reported) {
    SlotReport report = reported.report();
    KnownWish wish = wishes.find(report.exchange());
    if (wish != null && wish.isAt(reported.ticket())) {
      follow(report, wish);
    }
  }

  private void follow(SlotReport report, KnownWish wish) {
    if (report instanceof GhostGone && !wish.isGhost()) {
      // It has overtaken what said that it is one.
      ended(report.exchange(), report.backend());
      return;
    }
    switch (report) {
      case Ended end when end.ghost() -> wish.haunt();
      case Ended end -> over(report.exchange());
      case GhostGone gone -> over(report.exchange());
      case NoRoom full -> wish.release();
      case Lost lost -> wish.release();
      default -> {}
    }
    post.add(new NodeEffect.Report(report));
  }

  private void over(ExchangeId exchange) {
    ended.add(exchange);
    wishes.remove(exchange);
  }

  /** Members have gone, and their backends with them. */
  void see(View view) {
    for (BackendId backend : owned.without(view::has)) {
      wishes.on(backend).forEach(exchange -> ended(exchange, backend));
      owned.gone(backend);
    }
  }
}
