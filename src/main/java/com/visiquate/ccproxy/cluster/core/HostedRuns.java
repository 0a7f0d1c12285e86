package com.visiquate.ccproxy.cluster.core;

import com.visiquate.ccproxy.bus.BusMessage;
import com.visiquate.ccproxy.bus.BusMessage.Why;
import com.visiquate.ccproxy.bus.Membership.Member;
import com.visiquate.ccproxy.bus.Membership.Ticket;
import com.visiquate.ccproxy.bus.NodeMessage;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.ExchangeId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What runs on the backends of this node, and for whom: it is stopped when nobody listens. */
final class HostedRuns {
  /** The leader has that long to have it go on for another who asks for the same. */
  private static final Duration UNWANTED = Duration.ofSeconds(2);

  private final Map<BackendId, HostedBackend> backends = new LinkedHashMap<>();
  private final Post post;

  HostedRuns(Post post) {
    this.post = post;
  }

  HostedBackend stands(BackendStatus status) {
    HostedBackend backend = backends.computeIfAbsent(status.id(), id -> new HostedBackend(status));
    backend.stands(status);
    return backend;
  }

  Collection<HostedBackend> backends() {
    return backends.values();
  }

  @Nullable HostedBackend backend(BackendId id) {
    return backends.get(id);
  }

  @Nullable HostedRun find(BackendId at, ExchangeId exchange) {
    HostedBackend backend = backends.get(at);
    return backend == null ? null : backend.runs().get(exchange);
  }

  Stream<HostedRun> all() {
    return backends.values().stream().flatMap(backend -> backend.runs().values().stream());
  }

  /** The leader tells a backend something; of another run than this it says nothing. */
  void directed(NodeMessage.Directed directed) {
    boolean stale =
        directed.control() instanceof BusMessage.Stop stop
            && !isAt(find(directed.backend(), stop.exchange()), directed.ticket());
    if (!stale && backends.containsKey(directed.backend())) {
      post.add(new NodeEffect.Control(directed.backend(), directed.control()));
    }
  }

  /** Its client's ingress does not want this run. */
  void declined(NodeMessage.Declined declined) {
    HostedRun run = find(declined.backend(), declined.exchange());
    if (run != null && isAt(run, declined.ticket())) {
      stop(run);
    }
  }

  /** So much of an answer may have been sent in all. */
  void granted(ExchangeId exchange, BackendId backend, Ticket ticket, long total) {
    HostedRun run = find(backend, exchange);
    int more = run != null && isAt(run, ticket) ? run.granted(total) : 0;
    if (more > 0) {
      post.add(new NodeEffect.Control(backend, new BusMessage.Credit(exchange, more)));
    }
  }

  private static boolean isAt(@Nullable HostedRun run, @Nullable Ticket ticket) {
    return run != null && run.ticket().equals(ticket);
  }

  /** What a home says of its clients: a run that it does not name is stopped, in a while. */
  void told(Member home, Collection<NodeMessage.Wish> wishes, long stamp, Instant now) {
    Map<ExchangeId, NodeMessage.Wish> named =
        wishes.stream().collect(Collectors.toMap(NodeMessage.Wish::exchange, wish -> wish));
    for (HostedRun run : all().filter(one -> one.home().equals(home)).toList()) {
      told(run, named.get(run.id()), stamp, now);
    }
  }

  private void told(HostedRun run, NodeMessage.@Nullable Wish wish, long stamp, Instant now) {
    Ticket at = wish == null ? null : wish.at();
    boolean older = stamp < run.ordered().origin().stamp();
    if (wish != null && at != null && at.equals(run.ticket())) {
      run.wanted();
      granted(run.id(), run.ordered().backend(), at, wish.granted());
    } else if (older || (wish != null && at == null)) {
      run.wanted();
    } else if (run.isUnwanted(now, UNWANTED)) {
      stop(run);
    }
  }

  /** Time has passed: nobody may listen any more. */
  void tick(Member self, Attendance attendance, Instant now) {
    all()
        .filter(run -> !run.home().equals(self) && attendance.isLost(run.home(), now))
        .toList()
        .forEach(this::stop);
  }

  private void stop(HostedRun run) {
    if (run.stop()) {
      BusMessage.Stop stop = new BusMessage.Stop(run.id(), Why.CLIENT_GONE);
      post.add(new NodeEffect.Control(run.ordered().backend(), stop));
    }
  }
}
