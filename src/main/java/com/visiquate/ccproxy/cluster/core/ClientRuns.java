package com.visiquate.ccproxy.cluster.core;

import com.visiquate.ccproxy.bus.BusMessage.Broke;
import com.visiquate.ccproxy.bus.BusMessage.ToIngress;
import com.visiquate.ccproxy.bus.Membership.Member;
import com.visiquate.ccproxy.bus.Membership.Ticket;
import com.visiquate.ccproxy.bus.NodeMessage;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.Outcome;
import java.time.Instant;
import java.util.List;

/** Which run answers which client of this node: one alone, from its first word to its last. */
final class ClientRuns {
  private final OpenWishes wishes;
  private final Leadership leadership;

  ClientRuns(OpenWishes wishes, Leadership leadership) {
    this.wishes = wishes;
    this.leadership = leadership;
  }

  /** Whether a run may answer its client; no other one may from then on. */
  boolean accepts(ExchangeId exchange, OpenWish.Run offered) {
    OpenWish wish = wishes.find(exchange);
    if (wish == null || !wish.takes(offered)) {
      return false;
    }
    OpenWish.Run before = wish.run();
    if (before != null && !before.equals(offered)) {
      wishes.decline(before, exchange);
    }
    wish.take(offered);
    return true;
  }

  void offered(ExchangeId exchange, OpenWish.Run run) {
    if (!accepts(exchange, run)) {
      wishes.decline(run, exchange);
    }
  }

  /** A part of an answer has come. */
  void carried(OpenWish.Run run, int number, ToIngress message) {
    if (!accepts(message.exchange(), run)) {
      wishes.decline(run, message.exchange());
      return;
    }
    OpenWish wish = wishes.find(message.exchange());
    if (wish != null) {
      wish.receive(number, message).forEach(ready -> hand(wish, ready));
    }
  }

  private void hand(OpenWish wish, ToIngress message) {
    wish.begins();
    if (OpenWish.isEnd(message)) {
      wishes.end(wish, message);
    } else {
      wishes.tell(wish, message);
    }
  }

  /** A run of this node has begun to speak to its client. */
  void spoke(ExchangeId exchange, Ticket ticket) {
    OpenWish wish = wishes.find(exchange);
    if (wish != null && wish.isAt(ticket)) {
      wish.begins();
    }
  }

  /** A run of this node has told its client the end. */
  void finished(ExchangeId exchange, Ticket ticket) {
    OpenWish wish = wishes.find(exchange);
    if (wish != null && wish.isAt(ticket)) {
      wishes.close(exchange);
    }
  }

  /** A run is over, and its client has nothing of its end. */
  void handedBack(ExchangeId exchange, Ticket ticket, Instant now) {
    OpenWish wish = wishes.find(exchange);
    if (wish != null && wish.isAt(ticket)) {
      vanished(wish, now);
    }
  }

  /** What a node says of its runs: what it does not name is over, or its end has been lost. */
  void told(Member node, List<NodeMessage.Standing> standings, Instant now) {
    standings.forEach(standing -> offeredAgain(node, standing));
    for (OpenWish wish : wishes.all()) {
      OpenWish.Run run = wish.run();
      if (run == null || run.here() || !run.node().equals(node)) {
        continue;
      }
      if (standings.stream().anyMatch(standing -> isWhole(wish, run, standing))) {
        wish.trust();
      } else if (wish.doubt(now, IngressDuty.PATIENCE)) {
        lost(wish, run, now);
      }
    }
  }

  /** The offer may have been lost, or that it was declined: the run would wait for this node. */
  private void offeredAgain(Member node, NodeMessage.Standing standing) {
    Member self = leadership.view().self();
    for (NodeMessage.Held held : standing.runs()) {
      OpenWish wish = held.home().equals(self) ? wishes.find(held.exchange()) : null;
      if (wish != null && wish.run() == null && !node.equals(self)) {
        OpenWish.Run run = new OpenWish.Run(held.ticket(), node, standing.backend(), false);
        if (held.carried() == 0) {
          offered(wish.id(), run);
        } else {
          // What it has said already went past, and cannot be said again.
          wishes.decline(run, wish.id());
        }
      }
    }
  }

  private static boolean isWhole(OpenWish wish, OpenWish.Run run, NodeMessage.Standing standing) {
    return standing.runs().stream()
        .anyMatch(held -> held.ticket().equals(run.ticket()) && wish.hasAll(held.carried()));
  }

  /** Time has passed: some nodes may be gone, and their runs with them. */
  void tick(Attendance attendance, Instant now) {
    for (OpenWish wish : wishes.all()) {
      OpenWish.Run run = wish.run();
      if (run != null && isGone(run, attendance, now)) {
        lost(wish, run, now);
      }
    }
  }

  private boolean isGone(OpenWish.Run run, Attendance attendance, Instant now) {
    Member node = run.node();
    return !run.here() && (!leadership.view().has(node) || attendance.isLost(node, now));
  }

  private void lost(OpenWish wish, OpenWish.Run run, Instant now) {
    wishes.decline(run, wish.id());
    vanished(wish, now);
  }

  /** What has begun cannot be begun again; everything else waits, with its old age. */
  private void vanished(OpenWish wish, Instant now) {
    if (wish.hasBegun()) {
      String words = "The connection to the model was lost; please retry.";
      Failure failure = Failure.of(Failure.Kind.BACKEND_LOST, words, "its node is gone");
      wishes.end(wish, new Broke(wish.id(), wish.placement(), failure, Outcome.BACKEND_LOST));
    } else {
      wish.release();
      wishes.ask(wish, now);
    }
  }
}
