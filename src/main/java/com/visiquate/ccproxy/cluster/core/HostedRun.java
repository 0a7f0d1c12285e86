package com.visiquate.ccproxy.cluster.core;

import com.visiquate.ccproxy.bus.BusMessage;
import com.visiquate.ccproxy.bus.Membership.Member;
import com.visiquate.ccproxy.bus.Membership.Ticket;
import com.visiquate.ccproxy.bus.NodeMessage;
import com.visiquate.ccproxy.bus.NodeMessage.Ordered;
import com.visiquate.ccproxy.fleet.ExchangeId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One run on a backend of this node, from its order to the end of its slot. */
final class HostedRun {
  private final Ordered ordered;
  private final Instant since;
  private boolean started;
  private boolean spoke;
  private boolean ghost;
  private boolean stopped;
  private int carried;
  private long granted;
  private @Nullable Instant unwanted;

  HostedRun(Ordered ordered, Instant since) {
    this.ordered = ordered;
    this.since = since;
  }

  ExchangeId id() {
    return ordered.order().exchange();
  }

  Ordered ordered() {
    return ordered;
  }

  Ticket ticket() {
    return ordered.ticket();
  }

  Member home() {
    return ordered.origin().home();
  }

  boolean hasStarted() {
    return started;
  }

  void start() {
    started = true;
  }

  void speak() {
    spoke = true;
  }

  void haunt() {
    ghost = true;
  }

  boolean isGhost() {
    return ghost;
  }

  /** Whether it has to be told to stop, which it is once. */
  boolean stop() {
    boolean first = !stopped && !ghost;
    stopped = true;
    return first;
  }

  int carry() {
    return ++carried;
  }

  /** What its ingress has granted in all; how much of it is new. */
  int granted(long total) {
    long more = Math.max(0, total - granted);
    granted += more;
    return (int) more;
  }

  /** Its home does not name it; whether that has been so for too long. */
  boolean isUnwanted(Instant now, Duration patience) {
    Instant first = unwanted;
    unwanted = first == null ? now : first;
    return first != null && !now.isBefore(first.plus(patience));
  }

  void wanted() {
    unwanted = null;
  }

  NodeMessage.Held told() {
    return new NodeMessage.Held(id(), ticket(), home(), carried);
  }

  /** All that a leader needs to know of it that has not ordered it. */
  NodeMessage.Running told(Instant now) {
    Duration run = Duration.between(since, now);
    BusMessage.Order order = ordered.order();
    return new NodeMessage.Running(
        ticket(),
        ordered.origin(),
        ordered.backend(),
        order,
        run,
        ordered.left().minus(run),
        spoke,
        ghost);
  }
}
