package com.visiquate.ccproxy.cluster.core;

import com.visiquate.ccproxy.bus.BusMessage.Answered;
import com.visiquate.ccproxy.bus.BusMessage.Broke;
import com.visiquate.ccproxy.bus.BusMessage.Leave;
import com.visiquate.ccproxy.bus.BusMessage.Refused;
import com.visiquate.ccproxy.bus.BusMessage.Submit;
import com.visiquate.ccproxy.bus.BusMessage.ToIngress;
import com.visiquate.ccproxy.bus.BusMessage.Why;
import com.visiquate.ccproxy.bus.Membership.Member;
import com.visiquate.ccproxy.bus.Membership.Origin;
import com.visiquate.ccproxy.bus.NodeMessage;
import com.visiquate.ccproxy.bus.SuccessionMessage.Resubmit;
import com.visiquate.ccproxy.fleet.ExchangeId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The leader's side of all ingresses: who waits, who has left, and what they are told. */
final class LeaderIngresses {
  private final KnownWishes wishes;
  private final Gathering gathering;
  private final Post post;

  LeaderIngresses(KnownWishes wishes, Gathering gathering, Post post) {
    this.wishes = wishes;
    this.gathering = gathering;
    this.post = post;
  }

  /** A request waits at its home. */
  void wanted(NodeMessage.Wanted wanted, Member from, long stamp, Instant now) {
    ExchangeId exchange = wanted.submit().exchange();
    KnownWish before = wishes.find(exchange);
    if (before != null) {
      answerAgain(exchange, before);
    } else if (!gathering.isOver(from, stamp, exchange)) {
      Origin origin = new Origin(from, stamp, wanted.submit().client());
      wishes.add(exchange, new KnownWish(origin));
      gathering.add(wanted, now);
      submitReady(now);
    }
  }

  private void answerAgain(ExchangeId exchange, KnownWish wish) {
    if (wish.admission() != null) {
      tell(wish, new Answered(exchange, wish.admission()));
    }
  }

  /** Those that may be let in by now. */
  void submitReady(Instant now) {
    gathering.ready(now).forEach(waiting -> submit(waiting, now));
  }

  private void submit(Gathering.Waiting waiting, Instant now) {
    KnownWish wish = wishes.find(waiting.exchange());
    if (wish == null || wish.isPlaced()) {
      return;
    }
    NodeMessage.Wanted wanted = waiting.wanted();
    Duration kept = Duration.between(waiting.heard(), now);
    Instant deadline = waiting.heard().plus(wanted.left());
    Submit submit = Orders.until(deadline, LeaderDuty.RELAY, wanted.submit());
    post.add(new NodeEffect.Succeed(new Resubmit(submit, wanted.age().plus(kept))));
  }

  /** Nobody wants it any more. */
  void departed(Leave leave) {
    KnownWish wish = wishes.find(leave.exchange());
    if (wish != null) {
      if (!wish.isPlaced()) {
        wishes.remove(leave.exchange());
      }
      post.add(new NodeEffect.Leave(leave));
    }
  }

  /** What a home waits for, all of it: what it does not name is over. */
  void told(Member home, Collection<NodeMessage.Wish> told, long stamp, Instant now) {
    gathering.told(home, told, stamp);
    Map<ExchangeId, NodeMessage.Wish> named =
        told.stream().collect(Collectors.toMap(NodeMessage.Wish::exchange, wish -> wish));
    for (ExchangeId exchange : wishes.of(home)) {
      KnownWish wish = wishes.find(exchange);
      if (wish != null && wish.origin().stamp() < stamp && !named.containsKey(exchange)) {
        departed(new Leave(exchange, Why.CLIENT_GONE));
      }
    }
    List<ExchangeId> unknown =
        told.stream()
            .filter(wish -> wish.at() == null && !wishes.has(wish.exchange()))
            .map(NodeMessage.Wish::exchange)
            .toList();
    if (!unknown.isEmpty()) {
      post.send(home, new NodeMessage.Recall(unknown));
    }
    submitReady(now);
  }

  /** Members have gone, and their clients with them. */
  void see(View view) {
    wishes.without(view::has).forEach(exchange -> departed(new Leave(exchange, Why.CLIENT_GONE)));
  }

  /** Routing tells a client something. */
  void answer(ToIngress message) {
    KnownWish wish = wishes.find(message.exchange());
    if (wish == null) {
      return;
    }
    if (message instanceof Answered answered) {
      wish.admitted(answered.admission());
    }
    if (isOver(message) && !wish.isPlaced()) {
      wishes.remove(message.exchange());
    }
    tell(wish, message);
  }

  private static boolean isOver(ToIngress message) {
    return message instanceof Broke
        || (message instanceof Answered answered && answered.admission() instanceof Refused);
  }

  private void tell(KnownWish wish, ToIngress message) {
    post.send(wish.origin().home(), new NodeMessage.Answer(message));
  }
}
