package com.visiquate.ccproxy.cluster.core;

import com.visiquate.ccproxy.bus.BusMessage.Admitted;
import com.visiquate.ccproxy.bus.BusMessage.Answered;
import com.visiquate.ccproxy.bus.BusMessage.Broke;
import com.visiquate.ccproxy.bus.BusMessage.Cancelled;
import com.visiquate.ccproxy.bus.BusMessage.Credit;
import com.visiquate.ccproxy.bus.BusMessage.Leave;
import com.visiquate.ccproxy.bus.BusMessage.Refused;
import com.visiquate.ccproxy.bus.BusMessage.StillWaiting;
import com.visiquate.ccproxy.bus.BusMessage.Submit;
import com.visiquate.ccproxy.bus.BusMessage.ToIngress;
import com.visiquate.ccproxy.bus.NodeMessage;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a node owes its own clients: each request is asked for until somebody runs it, and whatever
 * leader there is, its client hears one story.
 */
final class IngressDuty {
  /** Longer than a message and its answer take; what is not answered then is asked again. */
  static final Duration PATIENCE = Duration.ofSeconds(1);

  /** Longer than an election takes; a client is given up after ten seconds without an answer. */
  private static final Duration SILENCE = Duration.ofSeconds(4);

  private final OpenWishes wishes;
  private final ClientRuns runs;
  private final Leadership leadership;
  private final Post post;

  IngressDuty(Leadership leadership, Post post) {
    this.leadership = leadership;
    this.post = post;
    wishes = new OpenWishes(leadership, post);
    runs = new ClientRuns(wishes, leadership);
  }

  /** Who answers the clients. */
  ClientRuns runs() {
    return runs;
  }

  void submit(Submit submit, Instant now) {
    OpenWish wish = new OpenWish(submit, now);
    wishes.add(wish);
    wishes.ask(wish, now);
  }

  /** Its client wants it no more; the leader stops what runs, or has it go on for another. */
  void leave(Leave leave) {
    if (wishes.close(leave.exchange())) {
      post.send(leadership.leader(), new NodeMessage.Departed(leave));
    }
  }

  void credit(Credit credit) {
    OpenWish wish = wishes.find(credit.exchange());
    OpenWish.Run run = wish == null ? null : wish.run();
    if (wish != null && run != null) {
      long total = wish.grant(credit.messages());
      post.send(run.node(), new NodeMessage.Granted(run.ticket(), wish.id(), run.backend(), total));
    }
  }

  /** A new leader knows nothing of those that wait here. */
  void submitAgain(Instant now) {
    wishes.all().stream().filter(wish -> wish.run() == null).forEach(wish -> wishes.ask(wish, now));
  }

  /** The leader does not know these. */
  void recalled(List<ExchangeId> exchanges, Instant now) {
    for (ExchangeId exchange : exchanges) {
      OpenWish wish = wishes.find(exchange);
      if (wish != null && wish.run() == null) {
        wishes.ask(wish, now);
      }
    }
  }

  List<NodeMessage.Wish> told() {
    return wishes.all().stream().map(OpenWish::told).toList();
  }

  /** The leader says something of it. */
  void answered(ToIngress message) {
    OpenWish wish = wishes.find(message.exchange());
    if (wish == null) {
      return;
    }
    switch (message) {
      case Answered(var exchange, Admitted admitted) -> admitted(wish, admitted);
      case Answered(var exchange, Refused refused) -> refused(wish, refused);
      case Cancelled cancelled -> wishes.end(wish, cancelled);
      case StillWaiting still -> waits(wish, still);
      case Broke broke when !wish.hasBegun() -> wishes.end(wish, broke);
      // A run that has begun to answer is the only one that knows how it ends.
      default -> {}
    }
  }

  private void admitted(OpenWish wish, Admitted admitted) {
    if (wish.admit(leadership.term())) {
      wishes.tell(wish, new Answered(wish.id(), admitted));
    } else if (admitted.place() > 0) {
      waits(wish, new StillWaiting(wish.id(), admitted.place(), admitted.estimate()));
    }
  }

  private void waits(OpenWish wish, StillWaiting still) {
    if (wish.run() == null) {
      wishes.tell(wish, still);
    }
  }

  /** Who was let in by a former leader cannot be refused any more, but may have to be given up. */
  private void refused(OpenWish wish, Refused refused) {
    if (wish.run() == null) {
      ToIngress told =
          wish.isAdmitted()
              ? new Broke(wish.id(), null, refused.failure(), Outcome.REFUSED)
              : new Answered(wish.id(), refused);
      wishes.end(wish, told);
    }
  }

  /** Time has passed. */
  void tick(Attendance attendance, Instant now) {
    runs.tick(attendance, now);
    wishes.all().stream()
        .filter(wish -> wish.isUnheard(leadership.term(), now, PATIENCE))
        .forEach(wish -> wishes.ask(wish, now));
    wishes.all().stream()
        .filter(wish -> wish.admitHere(now, SILENCE))
        // It waits, whoever leads; its client would take more silence for the end.
        .forEach(wish -> wishes.tell(wish, waits(wish)));
  }

  private static Answered waits(OpenWish wish) {
    return new Answered(wish.id(), new Admitted(null, 0, Duration.ZERO));
  }

  /** Where its client came in; -1 when it is none of this node. */
  int ingress(ExchangeId exchange) {
    OpenWish wish = wishes.find(exchange);
    return wish == null ? -1 : wish.ingress();
  }

  int size() {
    return wishes.size();
  }
}
