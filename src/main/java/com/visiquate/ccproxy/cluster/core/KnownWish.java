package com.visiquate.ccproxy.cluster.core;

import com.visiquate.ccproxy.bus.BusMessage.Admission;
import com.visiquate.ccproxy.bus.Membership.Origin;
import com.visiquate.ccproxy.bus.Membership.Ticket;
import com.visiquate.ccproxy.fleet.BackendId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One request as its leader knows it: whose it is, and where it was sent. */
final class KnownWish {
  /** A backend that has not heard of an order by then will not. */
  private static final Duration ON_ITS_WAY = Duration.ofSeconds(2);

  private final Origin origin;
  private @Nullable Admission admission;
  private @Nullable Ticket ticket;
  private @Nullable BackendId backend;
  private Instant ordered = Instant.MIN;
  private @Nullable Instant missing;
  private boolean ghost;

  KnownWish(Origin origin) {
    this.origin = origin;
  }

  Origin origin() {
    return origin;
  }

  /** What its client was told at first; null while that is not decided. */
  @Nullable Admission admission() {
    return admission;
  }

  void admitted(Admission told) {
    admission = told;
  }

  @Nullable Ticket ticket() {
    return ticket;
  }

  boolean isAt(Ticket other) {
    return other.equals(ticket);
  }

  /** Whether it was sent to a backend, which has not given it back. */
  boolean isPlaced() {
    return ticket != null;
  }

  boolean isOn(BackendId other) {
    return ticket != null && other.equals(backend);
  }

  void place(Ticket at, BackendId on, Instant now) {
    ticket = at;
    backend = on;
    ordered = now;
    missing = null;
  }

  void haunt() {
    ghost = true;
  }

  /** Whether its backend has said that it goes on for nobody. */
  boolean isGhost() {
    return ghost;
  }

  void release() {
    ticket = null;
    missing = null;
  }

  boolean isOverdue(Instant now) {
    return !now.isBefore(ordered.plus(ON_ITS_WAY));
  }

  void found() {
    missing = null;
  }

  /** Its backend does not name it; whether that has been so for too long. */
  boolean isMissing(Instant now, Duration patience) {
    Instant first = missing;
    missing = first == null ? now : first;
    return first != null && !now.isBefore(first.plus(patience));
  }
}
