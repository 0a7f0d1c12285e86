package com.visiquate.ccproxy.cluster.core;

import com.visiquate.ccproxy.bus.BusMessage;
import com.visiquate.ccproxy.bus.BusMessage.SlotReport;
import com.visiquate.ccproxy.bus.BusMessage.ToIngress;
import com.visiquate.ccproxy.bus.Membership.Member;
import com.visiquate.ccproxy.bus.Membership.Term;
import com.visiquate.ccproxy.bus.NodeMessage;
import com.visiquate.ccproxy.bus.NodeMessage.Content;
import com.visiquate.ccproxy.bus.NodeMessage.Parcel;
import com.visiquate.ccproxy.bus.NodeMessage.Telling;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of the nodes that act as one. Events and the time go in, effects come out; the time is that
 * of a steady clock. Owns which leader is obeyed, and what the duties of the node need to know.
 */
public final class ClusterNode {
  /** How often a node tells all that it owns. */
  public static final Duration BEAT = Duration.ofSeconds(1);

  /** The ingress number of clients of other nodes, for routing and backends. */
  public static final int RELAY = LeaderDuty.RELAY;

  private final Member self;
  private final Leadership leadership;
  private final Post post;
  private final Attendance attendance = new Attendance();
  private final IngressDuty clients;
  private final BackendDuty backends;
  private @Nullable LeaderDuty lead;
  private Member followed;
  private Instant beat;

  /** One that has not seen anybody yet; {@link #sees} is the first that it must be told. */
  public ClusterNode(Member self, Instant now) {
    this.self = self;
    leadership = new Leadership(self);
    post = new Post(self, leadership.term());
    clients = new IngressDuty(leadership, post);
    backends = new BackendDuty(leadership, clients, post);
    followed = self;
    beat = now;
  }

  // ---- who is there

  /** Others are there than before. */
  public List<NodeEffect> sees(View view, Instant now) {
    leadership.see(view);
    view.members().forEach(member -> attendance.joined(member, now));
    if (lead != null) {
      lead.see(view);
    }
    if (!leadership.leads()) {
      cede();
    } else if (lead == null) {
      begin(leadership.term(), now);
    }
    if (!followed.equals(view.eldest())) {
      followed = view.eldest();
      tellAll(now);
    }
    return done(now);
  }

  public boolean isLeading() {
    return lead != null;
  }

  private void cede() {
    if (lead != null) {
      lead = null;
      post.add(new NodeEffect.Yield());
    }
  }

  private void begin(Term known, Instant now) {
    cede();
    Term term = leadership.begin(known);
    post.of(term);
    lead = new LeaderDuty(term, leadership.view(), post, now);
    post.add(new NodeEffect.Lead(term));
    followed = self;
    tellAll(now);
    beat(now);
  }

  /** A leader that knows nothing yet is told everything. */
  private void tellAll(Instant now) {
    backends.tellAll(now);
    clients.submitAgain(now);
    post.send(leadership.leader(), telling());
  }

  private Telling telling() {
    List<NodeMessage.Wish> wishes = new ArrayList<>(clients.told());
    if (lead != null) {
      wishes.addAll(lead.own());
    }
    return new Telling(leadership.leader(), wishes, backends.told());
  }

  private void beat(Instant now) {
    beat = now.plus(BEAT);
    Telling telling = telling();
    leadership.view().members().forEach(member -> post.send(member, telling));
  }

  /** When time has to be told to it, at the latest. */
  public Instant due() {
    return beat;
  }

  /** Time has passed. */
  public List<NodeEffect> tick(Instant now) {
    if (!now.isBefore(beat)) {
      clients.tick(attendance, now);
      backends.tick(attendance, now);
      beat(now);
    }
    if (lead != null) {
      lead.tick(now);
    }
    return done(now);
  }

  // ---- what others send

  /** Something has arrived. */
  public List<NodeEffect> receives(Parcel parcel, Instant now) {
    if (parcel.from().protocol() == self.protocol() && attendance.admits(parcel, now)) {
      open(parcel, now);
    }
    return done(now);
  }

  private List<NodeEffect> done(Instant now) {
    for (Parcel own = post.own(); own != null; own = post.own()) {
      open(own, now);
    }
    return post.take();
  }

  private void open(Parcel parcel, Instant now) {
    if (leadership.obeys(parcel) && leadership.enter(parcel)) {
      post.of(leadership.term());
      tellAll(now);
    }
    Content content = parcel.content();
    switch (content) {
      case NodeMessage.Offered(var ticket, var exchange, var backend) ->
          clients.offered(exchange, new OpenWish.Run(ticket, parcel.from(), backend, false));
      case NodeMessage.Carried(var ticket, var backend, var number, var message) ->
          clients.carried(
              new OpenWish.Run(ticket, parcel.from(), backend, false), number, message);
      case NodeMessage.HandedBack(var ticket, var exchange) ->
          clients.handedBack(exchange, ticket, now);
      case NodeMessage.Declined declined -> backends.declined(declined);
      case NodeMessage.Granted(var ticket, var exchange, var backend, var total) ->
          backends.granted(exchange, backend, ticket, total);
      case NodeMessage.Telling telling -> told(telling, parcel, now);
      case NodeMessage.Answer answer -> ifObeyed(parcel, () -> clients.answered(answer.message()));
      case NodeMessage.Recall(var exchanges) ->
          ifObeyed(
              parcel,
              () -> {
                clients.recalled(exchanges, now);
                backends.recalled(exchanges::contains, now);
              });
      case NodeMessage.HowIs(var backend) -> ifObeyed(parcel, () -> backends.asked(backend));
      case NodeMessage.Ordered ordered ->
          ifObeyed(parcel, () -> backends.ordered(ordered, attendance, now));
      case NodeMessage.Directed directed -> ifObeyed(parcel, () -> backends.directed(directed));
      case NodeMessage.Wanted wanted when leads(parcel) ->
          lead.wanted(wanted, parcel.from(), parcel.stamp(), now);
      case NodeMessage.Departed(var leave) when leads(parcel) -> lead.departed(leave);
      case NodeMessage.Reported reported when leads(parcel) -> lead.reported(reported);
      case NodeMessage.Running running when leads(parcel) -> lead.running(running, now);
      case NodeMessage.Remembered past when leads(parcel) -> lead.remembered(past);
      case NodeMessage.Stands stands when leads(parcel) -> lead.stands(stands, parcel.from());
      case NodeMessage.Wanted wanted -> {}
      case NodeMessage.Departed departed -> {}
      case NodeMessage.Reported reported -> {}
      case NodeMessage.Running running -> {}
      case NodeMessage.Stands stands -> {}
      case NodeMessage.Remembered past -> {}
    }
  }

  private void ifObeyed(Parcel parcel, Runnable step) {
    if (leadership.obeys(parcel)) {
      step.run();
    }
  }

  private boolean leads(Parcel parcel) {
    return lead != null && leadership.view().has(parcel.from());
  }

  private void told(Telling telling, Parcel parcel, Instant now) {
    Member from = parcel.from();
    clients.heard(from, telling.backends(), now);
    backends.heard(from, telling.wishes(), parcel.stamp(), now);
    if (!leads(parcel) || lead == null) {
      return;
    }
    if (telling.follows().equals(self) && parcel.term().compareTo(leadership.term()) > 0) {
      // It has obeyed a younger one, and will not hear of an older term.
      begin(parcel.term(), now);
    }
    telling.backends().forEach(one -> lead.standing(from, one, now));
    lead.wishes(from, telling.wishes(), parcel.stamp(), now);
  }

  // ---- what this node says to itself

  /** A client of this node wants something. */
  public List<NodeEffect> submit(BusMessage.Submit submit, Instant now) {
    clients.submit(submit, now);
    return done(now);
  }

  public List<NodeEffect> leave(BusMessage.Leave leave, Instant now) {
    clients.leave(leave);
    return done(now);
  }

  /** A client of this node can take more of an answer from another one. */
  public List<NodeEffect> credit(BusMessage.Credit credit, Instant now) {
    clients.credit(credit);
    return done(now);
  }

  /** A backend of this node says how it is. */
  public List<NodeEffect> stands(BackendStatus status, Instant now) {
    backends.stands(status);
    return done(now);
  }

  /** A backend of this node says what became of a slot. */
  public List<NodeEffect> reported(SlotReport report, Instant now) {
    backends.reported(report, now);
    return done(now);
  }

  /** A backend of this node says something to a client of another one. */
  public List<NodeEffect> answered(BackendId backend, ToIngress message, Instant now) {
    backends.answered(backend, message);
    return done(now);
  }

  /** The routing of this node, which leads, wants something to run. */
  public List<NodeEffect> order(BackendId backend, BusMessage.Order order, Instant now) {
    if (lead != null) {
      lead.order(order, backend, self, now);
    }
    return done(now);
  }

  /** The routing of this node tells a backend something. */
  public List<NodeEffect> control(BackendId backend, BusMessage.Control control, Instant now) {
    if (lead != null) {
      lead.control(backend, control);
    }
    return done(now);
  }

  /** The routing of this node tells a client something. */
  public List<NodeEffect> answer(ToIngress message, Instant now) {
    if (lead != null) {
      lead.answer(message);
    }
    return done(now);
  }

  /** Requests of clients of this node that have no end yet. */
  public int open() {
    return clients.size();
  }
}
