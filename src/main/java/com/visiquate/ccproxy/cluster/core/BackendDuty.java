package com.visiquate.ccproxy.cluster.core;

import com.visiquate.ccproxy.bus.BusMessage;
import com.visiquate.ccproxy.bus.BusMessage.Ended;
import com.visiquate.ccproxy.bus.BusMessage.FirstToken;
import com.visiquate.ccproxy.bus.BusMessage.GhostGone;
import com.visiquate.ccproxy.bus.BusMessage.Lost;
import com.visiquate.ccproxy.bus.BusMessage.NoRoom;
import com.visiquate.ccproxy.bus.BusMessage.SlotReport;
import com.visiquate.ccproxy.bus.BusMessage.Started;
import com.visiquate.ccproxy.bus.BusMessage.ToIngress;
import com.visiquate.ccproxy.bus.Membership.Member;
import com.visiquate.ccproxy.bus.Membership.Ticket;
import com.visiquate.ccproxy.bus.NodeMessage;
import com.visiquate.ccproxy.bus.NodeMessage.Ordered;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a node owes others for its own backends: it hands orders to them, carries answers to the
 * homes of the clients, and tells any leader what runs.
 */
final class BackendDuty {
  private final HostedRuns runs;
  private final Leadership leadership;
  private final IngressDuty clients;
  private final Post post;

  BackendDuty(Leadership leadership, IngressDuty clients, Post post) {
    this.leadership = leadership;
    this.clients = clients;
    this.post = post;
    runs = new HostedRuns(post);
  }

  /** What runs here. */
  HostedRuns runs() {
    return runs;
  }

  /** A backend of this node says how it is. */
  void stands(BackendStatus status) {
    NodeMessage.Stands stands = runs.stands(status).standing();
    leadership.view().members().forEach(member -> post.send(member, stands));
  }

  /** The leader has missed how it is. */
  void asked(BackendId id) {
    HostedBackend backend = runs.backend(id);
    if (backend != null) {
      post.send(leadership.leader(), backend.standing());
    }
  }

  List<NodeMessage.Standing> told() {
    return runs.backends().stream().map(HostedBackend::told).toList();
  }

  /** The leader wants something to run here. */
  void ordered(Ordered ordered, Attendance attendance, Instant now) {
    HostedBackend backend = runs.backend(ordered.backend());
    if (backend == null || !backend.follows(ordered.ticket())) {
      return;
    }
    ExchangeId exchange = ordered.order().exchange();
    Member home = ordered.origin().home();
    boolean here = home.equals(leadership.view().self());
    if (backend.runs().containsKey(exchange)) {
      refuse(ordered, "it runs already");
    } else if (!here && attendance.isLost(home, now)) {
      refuse(ordered, "its ingress is silent");
    } else if (here && isOfClient(ordered) && !clients.runs().accepts(exchange, run(ordered))) {
      refuse(ordered, "another run answers it");
    } else {
      backend.runs().put(exchange, new HostedRun(ordered, now));
      BusMessage.Order order = here ? local(ordered) : ordered.order();
      BusMessage.Order timed = Orders.until(now.plus(ordered.left()), order);
      post.add(new NodeEffect.Run(ordered.backend(), timed, !here));
    }
  }

  private BusMessage.Order local(Ordered ordered) {
    int ingress = clients.ingress(ordered.order().exchange());
    return ingress < 0 ? ordered.order() : Orders.to(ingress, ordered.order());
  }

  private static boolean isOfClient(Ordered ordered) {
    return Orders.start(ordered.order()).ingress() >= 0;
  }

  private OpenWish.Run run(Ordered ordered) {
    Member self = leadership.view().self();
    return new OpenWish.Run(ordered.ticket(), self, ordered.backend(), true);
  }

  private void refuse(Ordered ordered, String reason) {
    NoRoom full = new NoRoom(ordered.order().exchange(), ordered.backend(), reason);
    post.send(leadership.leader(), new NodeMessage.Reported(ordered.ticket(), full));
  }

  /** A backend of this node reports of a slot. */
  void reported(SlotReport report, Instant now) {
    HostedBackend backend = runs.backend(report.backend());
    HostedRun run = runs.find(report.backend(), report.exchange());
    if (backend == null || run == null) {
      return;
    }
    follow(report, run, backend);
    post.send(leadership.leader(), new NodeMessage.Reported(run.ticket(), report));
    if (isHere(run)) {
      tellClient(report, run.ticket(), now);
    } else {
      tellHome(report, run);
    }
  }

  private static void follow(SlotReport report, HostedRun run, HostedBackend backend) {
    switch (report) {
      case Started started -> started(run, backend);
      case FirstToken first -> run.speak();
      case Ended ended when ended.ghost() -> run.haunt();
      case Ended ended -> ended(ended, run, backend);
      case NoRoom full -> backend.runs().remove(report.exchange());
      case Lost lost -> backend.runs().remove(report.exchange());
      case GhostGone gone -> backend.runs().remove(report.exchange());
    }
  }

  private static void started(HostedRun run, HostedBackend backend) {
    run.start();
    if (run.ordered().order() instanceof BusMessage.TakeOver over) {
      backend.runs().remove(over.from());
    }
  }

  private static void ended(Ended ended, HostedRun run, HostedBackend backend) {
    backend.runs().remove(ended.exchange());
    if (ended.outcome() == Outcome.COMPLETED) {
      backend.remember(run, ended);
    }
  }

  private void tellClient(SlotReport report, Ticket ticket, Instant now) {
    ExchangeId exchange = report.exchange();
    switch (report) {
      case FirstToken first -> clients.runs().spoke(exchange, ticket);
      case NoRoom full -> clients.runs().handedBack(exchange, ticket, now);
      case Lost lost -> clients.runs().handedBack(exchange, ticket, now);
      case Ended ended when Orders.isSilent(ended.outcome()) ->
          clients.runs().handedBack(exchange, ticket, now);
      case Ended ended -> clients.runs().finished(exchange, ticket);
      case Started started -> {}
      case GhostGone gone -> {}
    }
  }

  private void tellHome(SlotReport report, HostedRun run) {
    if (report instanceof Started) {
      post.send(run.home(), new NodeMessage.Offered(run.ticket(), run.id(), report.backend()));
    } else if (report instanceof Lost) {
      post.send(run.home(), new NodeMessage.HandedBack(run.ticket(), run.id()));
    }
  }

  /** A backend of this node says something to a client of another one. */
  void answered(BackendId at, ToIngress message) {
    HostedRun run = runs.find(at, message.exchange());
    if (run != null && !isHere(run)) {
      post.send(run.home(), new NodeMessage.Carried(run.ticket(), at, run.carry(), message));
    }
  }

  /** Tells a leader all about what has run here, and what runs. */
  void tellAll(Instant now) {
    for (HostedBackend backend : runs.backends()) {
      post.send(leadership.leader(), backend.standing());
      // First what lies in the caches, for what runs may have taken its place.
      backend.past().forEach(past -> post.send(leadership.leader(), past));
    }
    recalled(run -> true, now);
  }

  /** Tells the leader all about some of the runs. */
  void recalled(Predicate<ExchangeId> asked, Instant now) {
    runs.all()
        .filter(run -> asked.test(run.id()))
        .forEach(run -> post.send(leadership.leader(), run.told(now)));
  }

  private boolean isHere(HostedRun run) {
    return run.home().equals(leadership.view().self());
  }
}
