package com.visiquate.ccproxy.cluster.core;

import com.visiquate.ccproxy.bus.BusMessage.Admitted;
import com.visiquate.ccproxy.bus.BusMessage.Answered;
import com.visiquate.ccproxy.bus.BusMessage.Broke;
import com.visiquate.ccproxy.bus.BusMessage.Cancelled;
import com.visiquate.ccproxy.bus.BusMessage.Credit;
import com.visiquate.ccproxy.bus.BusMessage.Leave;
import com.visiquate.ccproxy.bus.BusMessage.Refused;
import com.visiquate.ccproxy.bus.BusMessage.Said;
import com.visiquate.ccproxy.bus.BusMessage.StillWaiting;
import com.visiquate.ccproxy.bus.BusMessage.Submit;
import com.visiquate.ccproxy.bus.BusMessage.ToIngress;
import com.visiquate.ccproxy.bus.Membership.Member;
import com.visiquate.ccproxy.bus.Membership.Ticket;
import com.visiquate.ccproxy.bus.NodeMessage;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a node owes its own clients: each request is asked for until somebody runs it, one run alone
 * answers it, and it has one end.
 */
final class IngressDuty {
  /** Longer than a message and its answer take; what is not answered then is asked again. */
  static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Map<ExchangeId, OpenWish> wishes = new LinkedHashMap<>();
  private final Leadership leadership;
  private final Post post;

  IngressDuty(Leadership leadership, Post post) {
    this.leadership = leadership;
    this.post = post;
  }

  void submit(Submit submit, Instant now) {
    OpenWish wish = new OpenWish(submit, now);
    wishes.put(submit.exchange(), wish);
    ask(wish, now);
  }

  /** Its client wants it no more; the leader stops what runs, or has it go on for another. */
  void leave(Leave leave) {
    if (wishes.remove(leave.exchange()) != null) {
      post.send(leadership.leader(), new NodeMessage.Departed(leave));
    }
  }

  void credit(Credit credit) {
    OpenWish wish = wishes.get(credit.exchange());
    OpenWish.Run run = wish == null ? null : wish.run();
    if (wish != null && run != null) {
      long total = wish.grant(credit.messages());
      post.send(run.node(), new NodeMessage.Granted(run.ticket(), wish.id(), run.backend(), total));
    }
  }

  /** A new leader knows nothing of those that wait here. */
  void submitAgain(Instant now) {
    wishes.values().stream().filter(wish -> wish.run() == null).forEach(wish -> ask(wish, now));
  }

  /** The leader does not know these. */
  void recalled(List<ExchangeId> exchanges, Instant now) {
    for (ExchangeId exchange : exchanges) {
      OpenWish wish = wishes.get(exchange);
      if (wish != null && wish.run() == null) {
        ask(wish, now);
      }
    }
  }

  private void ask(OpenWish wish, Instant now) {
    post.send(leadership.leader(), wish.asks(now));
  }

  List<NodeMessage.Wish> told() {
    return wishes.values().stream().map(OpenWish::told).toList();
  }

  /** The leader says something of it. */
  void answered(ToIngress message) {
    OpenWish wish = wishes.get(message.exchange());
    if (wish == null) {
      return;
    }
    switch (message) {
      case Answered(var exchange, Admitted admitted) -> admitted(wish, admitted);
      case Answered(var exchange, Refused refused) -> refused(wish, refused);
      case Cancelled cancelled -> end(wish, cancelled);
      case StillWaiting still -> waits(wish, still);
      case Broke broke when !wish.hasBegun() -> end(wish, broke);
      // A run that has begun to answer is the only one that knows how it ends.
      default -> {}
    }
  }

  private void admitted(OpenWish wish, Admitted admitted) {
    if (wish.admit(leadership.term())) {
      tell(wish, new Answered(wish.id(), admitted));
    } else if (admitted.place() > 0) {
      waits(wish, new StillWaiting(wish.id(), admitted.place(), admitted.estimate()));
    }
  }

  private void waits(OpenWish wish, StillWaiting still) {
    if (wish.run() == null) {
      tell(wish, still);
    }
  }

  /** Who was let in by a former leader cannot be refused any more, but may have to be given up. */
  private void refused(OpenWish wish, Refused refused) {
    if (wish.run() != null) {
      return;
    }
    end(
        wish,
        wish.isAdmitted()
            ? new Broke(wish.id(), null, refused.failure(), Outcome.REFUSED)
            : new Answered(wish.id(), refused));
  }

  /** Whether a run may answer its client; no other one may from then on. */
  boolean accepts(ExchangeId exchange, OpenWish.Run offered) {
    OpenWish wish = wishes.get(exchange);
    if (wish == null || !wish.takes(offered)) {
      return false;
    }
    OpenWish.Run before = wish.run();
    if (before != null && !before.equals(offered)) {
      decline(before, exchange);
    }
    wish.take(offered);
    return true;
  }

  void offered(ExchangeId exchange, OpenWish.Run run) {
    if (!accepts(exchange, run)) {
      decline(run, exchange);
    }
  }

  private void decline(OpenWish.Run run, ExchangeId exchange) {
    post.send(run.node(), new NodeMessage.Declined(run.ticket(), exchange, run.backend()));
  }

  void carried(OpenWish.Run run, int number, ToIngress message) {
    if (!accepts(message.exchange(), run)) {
      decline(run, message.exchange());
      return;
    }
    OpenWish wish = wishes.get(message.exchange());
    if (wish != null) {
      wish.receive(number, message).forEach(ready -> hand(wish, ready));
    }
  }

  private void hand(OpenWish wish, ToIngress message) {
    wish.begins();
    if (OpenWish.isEnd(message)) {
      end(wish, message);
    } else {
      tell(wish, message);
    }
  }

  /** A run of this node has begun to speak to its client. */
  void spoke(ExchangeId exchange, Ticket ticket) {
    OpenWish wish = wishes.get(exchange);
    if (wish != null && wish.isAt(ticket)) {
      wish.begins();
    }
  }

  /** A run of this node has told its client the end. */
  void finished(ExchangeId exchange, Ticket ticket) {
    OpenWish wish = wishes.get(exchange);
    if (wish != null && wish.isAt(ticket)) {
      wishes.remove(exchange);
    }
  }

  /** A run is over, and its client has nothing of its end. */
  void handedBack(ExchangeId exchange, Ticket ticket, Instant now) {
    OpenWish wish = wishes.get(exchange);
    if (wish != null && wish.isAt(ticket)) {
      vanished(wish, now);
    }
  }

  /** What a node says of the runs that answer clients here. */
  void heard(Member node, List<NodeMessage.Standing> standings, Instant now) {
    standings.forEach(standing -> offeredAgain(node, standing));
    for (OpenWish wish : List.copyOf(wishes.values())) {
      OpenWish.Run run = wish.run();
      if (run == null || run.here() || !run.node().equals(node)) {
        continue;
      }
      boolean whole = standings.stream().anyMatch(standing -> isWhole(wish, run, standing));
      if (whole) {
        wish.trust();
      } else if (wish.doubt(now, PATIENCE)) {
        lost(wish, run, now);
      }
    }
  }

  /** The offer may have been lost, or that it was declined: the run would wait for this node. */
  private void offeredAgain(Member node, NodeMessage.Standing standing) {
    Member self = leadership.view().self();
    for (NodeMessage.Held held : standing.runs()) {
      OpenWish wish = held.home().equals(self) ? wishes.get(held.exchange()) : null;
      if (wish != null && wish.run() == null && !node.equals(self)) {
        OpenWish.Run run =
            new OpenWish.Run(held.ticket(), node, standing.backend(), false);
        if (held.carried() == 0) {
          offered(wish.id(), run);
        } else {
          // What it has said already went past, and cannot be said again.
          decline(run, wish.id());
        }
      }
    }
  }

  private static boolean isWhole(OpenWish wish, OpenWish.Run run, NodeMessage.Standing standing) {
    return standing.runs().stream()
        .anyMatch(held -> held.ticket().equals(run.ticket()) && wish.hasAll(held.carried()));
  }

  private void lost(OpenWish wish, OpenWish.Run run, Instant now) {
    decline(run, wish.id());
    vanished(wish, now);
  }

  /** What has begun cannot be begun again; everything else waits, with its old age. */
  private void vanished(OpenWish wish, Instant now) {
    if (wish.hasBegun()) {
      String words = "The connection to the model was lost; please retry.";
      Failure failure = Failure.of(Failure.Kind.BACKEND_LOST, words, "its node is gone");
      end(wish, new Broke(wish.id(), wish.placement(), failure, Outcome.BACKEND_LOST));
    } else {
      wish.release();
      ask(wish, now);
    }
  }

  /** Time has passed. */
  void tick(Attendance attendance, Instant now) {
    for (OpenWish wish : List.copyOf(wishes.values())) {
      OpenWish.Run run = wish.run();
      if (run != null && isGone(run, attendance, now)) {
        lost(wish, run, now);
      } else if (wish.isUnheard(leadership.term(), now, PATIENCE)) {
        ask(wish, now);
      }
    }
  }

  private boolean isGone(OpenWish.Run run, Attendance attendance, Instant now) {
    Member node = run.node();
    return !run.here() && (!leadership.view().has(node) || attendance.isLost(node, now));
  }

  private void end(OpenWish wish, ToIngress message) {
    wishes.remove(wish.id());
    OpenWish.Run run = wish.run();
    if (run != null && !(message instanceof Said)) {
      decline(run, wish.id());
    }
    tell(wish, message);
  }

  private void tell(OpenWish wish, ToIngress message) {
    post.add(new NodeEffect.Tell(wish.ingress(), message));
  }

  /** Whose client this is, and where it came in; -1 when it is none of this node. */
  int ingress(ExchangeId exchange) {
    OpenWish wish = wishes.get(exchange);
    return wish == null ? -1 : wish.ingress();
  }

  int size() {
    return wishes.size();
  }

}
