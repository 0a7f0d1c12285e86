package com.visiquate.ccproxy.cluster.core;

import com.visiquate.ccproxy.bus.BusMessage;
import com.visiquate.ccproxy.bus.BusMessage.Submit;
import com.visiquate.ccproxy.bus.BusMessage.ToIngress;
import com.visiquate.ccproxy.bus.CacheMessage;
import com.visiquate.ccproxy.bus.LoopMessage;
import com.visiquate.ccproxy.bus.Membership.Member;
import com.visiquate.ccproxy.bus.Membership.Term;
import com.visiquate.ccproxy.bus.Membership.Ticket;
import com.visiquate.ccproxy.bus.NodeMessage;
import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.Placement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One request of a client of this node, until it has its end: it waits, or one run answers it. */
final class OpenWish {
  /** More than a run may send before it gets credit is not kept for one that is missing. */
  private static final int MOST_AHEAD = 128;

  private final Submit submit;
  private final Instant arrived;
  private final TreeMap<Integer, ToIngress> ahead = new TreeMap<>();
  private @Nullable Run run;
  private @Nullable Term answered;
  private Instant asked = Instant.MIN;
  private boolean admitted;
  private boolean begun;
  private int received;
  private long granted;
  private @Nullable Instant doubted;
  private int doubtedAt;
  private @Nullable Placement placement;

  /**
   * The run that answers it.
   *
   * @param here whether it runs on this node, so that its answer does not come through here
   */
  record Run(Ticket ticket, Member node, BackendId backend, boolean here) {}

  OpenWish(Submit submit, Instant arrived) {
    this.submit = submit;
    this.arrived = arrived;
  }

  ExchangeId id() {
    return submit.exchange();
  }

  int ingress() {
    return submit.ingress();
  }

  @Nullable Run run() {
    return run;
  }

  boolean isAt(Ticket ticket) {
    return run != null && run.ticket().equals(ticket);
  }

  /** Whether its client has something of an answer, so that no other run can go on. */
  boolean hasBegun() {
    return begun;
  }

  void begins() {
    begun = true;
  }

  NodeMessage.Wanted asks(Instant now) {
    asked = now;
    return new NodeMessage.Wanted(
        submit, Duration.between(arrived, now), Duration.between(now, submit.deadline()));
  }

  /** Whether this leader has not answered it yet, and should have. */
  boolean isUnheard(Term term, Instant now, Duration patience) {
    return run == null && !term.equals(answered) && !now.isBefore(asked.plus(patience));
  }

  /** A leader has let it in; whether its client hears of that for the first time. */
  boolean admit(Term by) {
    boolean first = !admitted;
    admitted = true;
    answered = by;
    return first;
  }

  /** No leader has answered it for so long that its client shall hear that it waits. */
  boolean admitHere(Instant now, Duration patience) {
    boolean late = !admitted && run == null && !now.isBefore(arrived.plus(patience));
    admitted |= late;
    return late;
  }

  boolean isAdmitted() {
    return admitted;
  }

  /** Whether this run may answer it: the first, or a later one of a leader that gave that up. */
  boolean takes(Run offered) {
    if (run == null || run.equals(offered)) {
      return true;
    }
    return !run.here() && !begun && offered.ticket().isAfter(run.ticket());
  }

  void take(Run offered) {
    if (!offered.equals(run)) {
      run = offered;
      ahead.clear();
      received = 0;
      granted = 0;
      doubted = null;
    }
  }

  /** It waits again. */
  void release() {
    run = null;
    answered = null;
    ahead.clear();
    doubted = null;
  }

  /** One part of its answer; what can be handed to the client now, in order. */
  List<ToIngress> receive(int number, ToIngress message) {
    if (number > received && number <= received + MOST_AHEAD) {
      ahead.put(number, message);
    }
    List<ToIngress> ready = new ArrayList<>();
    for (ToIngress next = ahead.remove(received + 1); next != null; ) {
      received++;
      placement = next instanceof BusMessage.Said said ? said.placement() : placement;
      ready.add(next);
      next = ahead.remove(received + 1);
    }
    return ready;
  }

  /** Whether all that was sent is here. */
  boolean hasAll(int carried) {
    return received >= carried;
  }

  /** Something of it seems to be lost; whether nothing has come of it for too long since. */
  boolean doubt(Instant now, Duration patience) {
    Instant since = doubted;
    if (since == null || received > doubtedAt) {
      doubted = now;
      doubtedAt = received;
      return false;
    }
    return !now.isBefore(since.plus(patience));
  }

  void trust() {
    doubted = null;
  }

  long grant(int messages) {
    granted += messages;
    return granted;
  }

  /** Where what its client has of it was made; null when it has nothing, or has it from here. */
  @Nullable Placement placement() {
    return placement;
  }

  NodeMessage.Wish told() {
    return new NodeMessage.Wish(id(), run == null ? null : run.ticket(), granted);
  }

  /** Whether a message is the last of its answer. */
  static boolean isEnd(ToIngress message) {
    return switch (message) {
      case BusMessage.Said said ->
          !said.events().isEmpty() && said.events().getLast() instanceof ChatEvent.Finished;
      case BusMessage.Broke broke -> true;
      case BusMessage.Cancelled cancelled -> true;
      case BusMessage.Answered answered -> answered.admission() instanceof BusMessage.Refused;
      case BusMessage.StillWaiting still -> false;
      case CacheMessage.Told told -> false;
      case LoopMessage.Looping looping -> false;
    };
  }
}
