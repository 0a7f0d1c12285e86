package com.visiquate.ccproxy.cluster.core;

import com.visiquate.ccproxy.bus.BusMessage.Ended;
import com.visiquate.ccproxy.bus.Membership.Ticket;
import com.visiquate.ccproxy.bus.NodeMessage;
import com.visiquate.ccproxy.bus.NodeMessage.Ordered;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.ExchangeId;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One backend of this node: how it is, what it runs, and which order was the last. */
final class HostedBackend {
  /** Enough to know how fast it is, and more than it has slots. */
  private static final int PAST = 8;

  private final Map<ExchangeId, HostedRun> runs = new LinkedHashMap<>();
  private BackendStatus status;
  private long edition;
  private final Deque<NodeMessage.Remembered> past = new ArrayDeque<>();
  private @Nullable Ticket last;

  HostedBackend(BackendStatus status) {
    this.status = status;
  }

  void stands(BackendStatus now) {
    status = now;
    edition++;
  }

  /** How it is. */
  NodeMessage.Stands standing() {
    return new NodeMessage.Stands(status, edition);
  }

  Map<ExchangeId, HostedRun> runs() {
    return runs;
  }

  /** It has run to its end, and what it left may still be there. */
  void remember(HostedRun run, Ended ended) {
    Ordered ordered = run.ordered();
    past.add(
        new NodeMessage.Remembered(ordered.origin(), ordered.backend(), ordered.order(), ended));
    if (past.size() > PAST) {
      past.remove();
    }
  }

  /** What has run of late, the oldest first. */
  Collection<NodeMessage.Remembered> past() {
    return past;
  }

  /** Whether the order is the next of its leader: what comes doubled or overtaken is none. */
  boolean follows(Ticket ticket) {
    Ticket before = last;
    boolean next =
        before == null || ticket.isAfter(before) || ticket.term().compareTo(before.term()) > 0;
    if (next) {
      last = ticket;
    }
    return next;
  }

  NodeMessage.Standing told() {
    return new NodeMessage.Standing(
        status.id(), edition, last, runs.values().stream().map(HostedRun::told).toList());
  }
}
