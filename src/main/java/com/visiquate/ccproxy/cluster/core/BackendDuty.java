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
import com.visiquate.ccproxy.bus.BusMessage.Why;
import com.visiquate.ccproxy.bus.Membership.Member;
import com.visiquate.ccproxy.bus.Membership.Ticket;
import com.visiquate.ccproxy.bus.NodeMessage;
import com.visiquate.ccproxy.bus.NodeMessage.Ordered;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a node owes others for its own backends: it hands orders to them, carries answers to the
 * homes of the clients, tells any leader what runs, and stops what nobody listens to.
 */
final class BackendDuty {
  /** The leader has that long to have it go on for another who asks for the same. */
  private static final Duration UNWANTED = Duration.ofSeconds(2);

  private final Map<BackendId, HostedBackend> backends = new LinkedHashMap<>();
  private final Leadership leadership;
  private final IngressDuty clients;
  private final Post post;

  BackendDuty(Leadership leadership, IngressDuty clients, Post post) {
    this.leadership = leadership;
    this.clients = clients;
    this.post = post;
  }

  /** A backend of this node says how it is. */
  void stands(BackendStatus status) {
    HostedBackend known =
        backends.computeIfAbsent(status.id(), id -> new HostedBackend(status));
    known.stands(status);
    NodeMessage.Stands stands = known.standing();
    leadership.view().members().forEach(member -> post.send(member, stands));
  }

  /** The leader has missed how it is. */
  void asked(BackendId id) {
    HostedBackend backend = backends.get(id);
    if (backend != null) {
      post.send(leadership.leader(), backend.standing());
    }
  }

  List<NodeMessage.Standing> told() {
    return backends.values().stream().map(HostedBackend::told).toList();
  }

  /** The leader wants something to run here. */
  void ordered(Ordered ordered, Attendance attendance, Instant now) {
    HostedBackend backend = backends.get(ordered.backend());
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
    } else if (here && isOfClient(ordered) && !clients.accepts(exchange, run(ordered))) {
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
    HostedBackend backend = backends.get(report.backend());
    HostedRun run = backend == null ? null : backend.runs().get(report.exchange());
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
      case FirstToken first -> clients.spoke(exchange, ticket);
      case NoRoom full -> clients.handedBack(exchange, ticket, now);
      case Lost lost -> clients.handedBack(exchange, ticket, now);
      case Ended ended when Orders.isSilent(ended.outcome()) ->
          clients.handedBack(exchange, ticket, now);
      case Ended ended -> clients.finished(exchange, ticket);
      case Started started -> {}
      case GhostGone gone -> {}
    }
  }

  private void tellHome(SlotReport report, HostedRun run) {
    if (report instanceof Started) {
      post.send(
          run.home(), new NodeMessage.Offered(run.ticket(), run.id(), report.backend()));
    } else if (report instanceof Lost) {
      post.send(run.home(), new NodeMessage.HandedBack(run.ticket(), run.id()));
    }
  }

  /** A backend of this node says something to a client of another one. */
  void answered(BackendId at, ToIngress message) {
    HostedRun run = find(at, message.exchange());
    if (run != null && !isHere(run)) {
      post.send(
          run.home(), new NodeMessage.Carried(run.ticket(), at, run.carry(), message));
    }
  }

  /** The leader tells a backend something. */
  void directed(NodeMessage.Directed directed) {
    boolean stale =
        directed.control() instanceof BusMessage.Stop stop
            && !isAt(find(directed.backend(), stop.exchange()), directed.ticket());
    if (!stale && backends.containsKey(directed.backend())) {
      post.add(new NodeEffect.Control(directed.backend(), directed.control()));
    }
  }

  private static boolean isAt(@Nullable HostedRun run, @Nullable Ticket ticket) {
    return run != null && run.ticket().equals(ticket);
  }

  /** Its client's ingress does not want this run. */
  void declined(NodeMessage.Declined declined) {
    HostedRun run = find(declined.backend(), declined.exchange());
    if (run != null && isAt(run, declined.ticket())) {
      stop(run);
    }
  }

  void granted(ExchangeId exchange, BackendId backend, Ticket ticket, long total) {
    HostedRun run = find(backend, exchange);
    int more = run != null && isAt(run, ticket) ? run.granted(total) : 0;
    if (more > 0) {
      post.add(new NodeEffect.Control(backend, new BusMessage.Credit(exchange, more)));
    }
  }

  /** What a home says of its clients: a run that it does not name is stopped, in a while. */
  void heard(Member home, Collection<NodeMessage.Wish> wishes, long stamp, Instant now) {
    Map<ExchangeId, NodeMessage.Wish> named =
        wishes.stream().collect(Collectors.toMap(NodeMessage.Wish::exchange, wish -> wish));
    for (HostedRun run : all().filter(one -> one.home().equals(home)).toList()) {
      NodeMessage.Wish wish = named.get(run.id());
      boolean older = stamp < run.ordered().origin().stamp();
      if (older || (wish != null && (wish.at() == null || wish.at().equals(run.ticket())))) {
        run.wanted();
        if (wish != null && wish.at() != null) {
          granted(run.id(), run.ordered().backend(), run.ticket(), wish.granted());
        }
      } else if (run.isUnwanted(now, UNWANTED)) {
        stop(run);
      }
    }
  }

  /** Tells a leader all about what has run here, and what runs. */
  void tellAll(Instant now) {
    for (HostedBackend backend : backends.values()) {
      post.send(leadership.leader(), backend.standing());
      // First what lies in the caches, for what runs may have taken its place.
      backend.past().forEach(past -> post.send(leadership.leader(), past));
    }
    recalled(run -> true, now);
  }

  /** Tells the leader all about some of the runs. */
  void recalled(Predicate<ExchangeId> asked, Instant now) {
    all()
        .filter(run -> asked.test(run.id()))
        .forEach(run -> post.send(leadership.leader(), run.told(now)));
  }

  /** Time has passed: nobody may listen any more. */
  void tick(Attendance attendance, Instant now) {
    all()
        .filter(run -> !isHere(run) && attendance.isLost(run.home(), now))
        .toList()
        .forEach(this::stop);
  }

  private void stop(HostedRun run) {
    if (run.stop()) {
      BusMessage.Stop stop = new BusMessage.Stop(run.id(), Why.CLIENT_GONE);
      post.add(new NodeEffect.Control(run.ordered().backend(), stop));
    }
  }

  private boolean isHere(HostedRun run) {
    return run.home().equals(leadership.view().self());
  }

  private Stream<HostedRun> all() {
    return backends.values().stream().flatMap(backend -> backend.runs().values().stream());
  }

  private @Nullable HostedRun find(BackendId at, ExchangeId exchange) {
    HostedBackend backend = backends.get(at);
    return backend == null ? null : backend.runs().get(exchange);
  }
}
