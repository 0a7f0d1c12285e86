package com.visiquate.ccproxy.cluster.core;

import com.visiquate.ccproxy.bus.Membership.Member;
import com.visiquate.ccproxy.bus.NodeMessage;
import com.visiquate.ccproxy.fleet.ExchangeId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Those who wait when a leader begins: they are let in the oldest first, when all members have told
 * what they have, or a moment later.
 */
final class Gathering {
  static final Duration MOMENT = Duration.ofMillis(300);

  private final Set<Member> silent;
  private final Instant until;
  private final Map<Member, Told> told = new HashMap<>();
  private List<Waiting> waiting = new ArrayList<>();

  /** A request, and when its age was told. */
  record Waiting(NodeMessage.Wanted wanted, Instant heard) {
    ExchangeId exchange() {
      return wanted.submit().exchange();
    }

    private Instant arrived() {
      return heard.minus(wanted.age());
    }
  }

  /** What a member has told at last. */
  private record Told(long stamp, Set<ExchangeId> wishes) {}

  Gathering(Collection<Member> members, Instant now) {
    silent = new HashSet<>(members);
    until = now.plus(MOMENT);
  }

  void told(Member member, Collection<NodeMessage.Wish> wishes, long stamp) {
    silent.remove(member);
    Set<ExchangeId> ids = new HashSet<>();
    wishes.forEach(wish -> ids.add(wish.exchange()));
    told.put(member, new Told(stamp, ids));
  }

  /** Whether its home has told since that it does not want it any more. */
  boolean isOver(Member member, long stamp, ExchangeId exchange) {
    Told last = told.get(member);
    return last != null && last.stamp() > stamp && !last.wishes().contains(exchange);
  }

  void add(NodeMessage.Wanted wanted, Instant now) {
    waiting.add(new Waiting(wanted, now));
  }

  /** Those that may be let in now, the oldest first. */
  List<Waiting> ready(Instant now) {
    if (waiting.isEmpty() || (!silent.isEmpty() && now.isBefore(until))) {
      return List.of();
    }
    List<Waiting> ready = waiting;
    waiting = new ArrayList<>();
    ready.sort(Comparator.comparing(Waiting::arrived));
    return ready;
  }
}
