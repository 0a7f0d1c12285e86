package com.visiquate.ccproxy.bus;

import com.visiquate.ccproxy.bus.Membership.Member;
import com.visiquate.ccproxy.bus.Membership.Origin;
import com.visiquate.ccproxy.bus.Membership.Term;
import com.visiquate.ccproxy.bus.Membership.Ticket;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.FleetShare;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What nodes say to each other. Any of it may be lost, late, doubled or overtaken: what matters is
 * told again with every {@link Telling}. Spans travel, never instants, for clocks differ.
 */
public sealed interface NodeMessage extends BusMessage {
  /**
   * One message on its way.
   *
   * @param stamp counts what its sender has sent, to whomever
   * @param term the youngest that its sender has obeyed, or its own when it leads
   */
  record Parcel(Member from, long stamp, Term term, Content content) implements NodeMessage {}

  /** What a parcel holds. */
  sealed interface Content extends NodeMessage {}

  /** What owners say to the leader; only that one looks at it. */
  sealed interface ToLeader extends Content {}

  /** What the leader says to owners; only that of their leader counts. */
  sealed interface ByLeader extends Content {}

  /** What one owner says to another; it counts, whoever leads. */
  sealed interface ToOwner extends Content {}

  // ---- ingress to leader

  /**
   * A request waits here for a slot; said again until it is answered, and to each new leader.
   *
   * @param age since its client came
   * @param left until its deadline
   */
  record Wanted(BusMessage.Submit submit, Duration age, Duration left) implements ToLeader {}

  /** Nobody wants it any more. */
  record Departed(BusMessage.Leave leave) implements ToLeader {}

  // ---- leader to ingress

  /** What routing says to the client's ingress. */
  record Answer(BusMessage.ToIngress message) implements ByLeader {}

  /** These are not known here; whoever still has them says so again, with all that it knows. */
  record Recall(List<ExchangeId> exchanges) implements ByLeader {
    public Recall {
      exchanges = List.copyOf(exchanges);
    }
  }

  // ---- leader to backend

  /** What was said of it last has not come. */
  record HowIs(BackendId backend) implements ByLeader {}

  /**
   * A backend is to run it.
   *
   * @param left until its deadline
   */
  record Ordered(
      Ticket ticket, Origin origin, BackendId backend, BusMessage.Order order, Duration left)
      implements ByLeader {}

  /**
   * A backend is told something.
   *
   * @param ticket of the run that it is about; null when it is about none
   */
  record Directed(BackendId backend, @Nullable Ticket ticket, BusMessage.Control control)
      implements ByLeader {}

  // ---- backend to leader

  /** What became of an order. */
  record Reported(Ticket ticket, BusMessage.SlotReport report) implements ToLeader {}

  /**
   * What runs or haunts there, for a leader that has not ordered it.
   *
   * @param since how long it has run
   * @param left until its deadline
   */
  record Running(
      Ticket ticket,
      Origin origin,
      BackendId backend,
      BusMessage.Order order,
      Duration since,
      Duration left,
      boolean spoke,
      boolean ghost)
      implements ToLeader {}

  /** What has run there of late and is still cached, for a leader that has not seen it. */
  record Remembered(
      Origin origin, BackendId backend, BusMessage.Order order, BusMessage.Ended ended)
      implements ToLeader {}

  /**
   * How a backend is; its node says so to all when it changes, and when it is asked.
   *
   * @param edition counts the changes
   */
  record Stands(BackendStatus status, long edition) implements ToLeader {}

  // ---- backend to ingress

  /** It has a slot there; the ingress takes the first and declines all others. */
  record Offered(Ticket ticket, ExchangeId exchange, BackendId backend) implements ToOwner {}

  /**
   * A part of the answer.
   *
   * @param number counts those of one run, from 1
   */
  record Carried(Ticket ticket, BackendId backend, int number, BusMessage.ToIngress message)
      implements ToOwner {}

  /** It has failed there, and its client has nothing of it: another one is tried. */
  record HandedBack(Ticket ticket, ExchangeId exchange) implements ToOwner {}

  // ---- ingress to backend

  /** This run is not wanted. */
  record Declined(Ticket ticket, ExchangeId exchange, BackendId backend) implements ToOwner {}

  /** So many messages in all may be carried, besides the first ones. */
  record Granted(Ticket ticket, ExchangeId exchange, BackendId backend, long total)
      implements ToOwner {}

  // ---- each to all

  /**
   * All that its node owns, said at every beat; what it does not name is over.
   *
   * @param follows whom it holds for the leader
   */
  record Telling(Member follows, List<Wish> wishes, List<Standing> backends)
      implements ToOwner, ToLeader {
    public Telling {
      wishes = List.copyOf(wishes);
      backends = List.copyOf(backends);
    }
  }

  /**
   * A request whose client waits at its ingress.
   *
   * @param at the run that answers it; null while none does
   * @param granted as in {@link Granted}
   */
  record Wish(ExchangeId exchange, @Nullable Ticket at, long granted) {}

  /**
   * A backend and what it runs.
   *
   * @param edition as in {@link Stands}
   * @param last the last order that it has heard of; null when that is none
   */
  record Standing(BackendId backend, long edition, @Nullable Ticket last, List<Held> runs) {
    public Standing {
      runs = List.copyOf(runs);
    }
  }

  /**
   * A slot that is taken.
   *
   * @param carried how many parts of its answer were sent
   */
  record Held(ExchangeId exchange, Ticket ticket, Member home, int carried) {}

  // ---- beside what owners owe each other

  /** What the cores of nodes have nothing to do with. */
  sealed interface Aside extends Content {}

  /**
   * What a node brings; said to all when it changes, and again and again.
   *
   * @param statuses how its backends are, for those who only watch them
   * @param leaving whether it will soon end, and somebody else should lead
   */
  record Introduction(FleetShare share, List<BackendStatus> statuses, boolean leaving)
      implements Aside {
    public Introduction {
      statuses = List.copyOf(statuses);
    }
  }

  /**
   * An operator's question to another node, and the address of the one who knows.
   *
   * @param number tells its answer from others
   */
  record Question(long number, String address, BusMessage question) implements Aside {}

  /**
   * What was answered.
   *
   * @param answer null when nobody did
   */
  record Reply(long number, @Nullable BusMessage answer) implements Aside {}
}
