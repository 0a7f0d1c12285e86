package com.visiquate.ccproxy.cluster.core;

import com.visiquate.ccproxy.bus.BusMessage;
import com.visiquate.ccproxy.bus.BusMessage.SlotReport;
import com.visiquate.ccproxy.bus.BusMessage.ToIngress;
import com.visiquate.ccproxy.bus.Membership.Member;
import com.visiquate.ccproxy.bus.Membership.Term;
import com.visiquate.ccproxy.bus.NodeMessage.ByLeader;
import com.visiquate.ccproxy.bus.NodeMessage.Parcel;
import com.visiquate.ccproxy.bus.NodeMessage.Telling;
import com.visiquate.ccproxy.bus.NodeMessage.ToLeader;
import com.visiquate.ccproxy.bus.NodeMessage.ToOwner;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendStatus;
import java.time.Duration;
import java.time.Instant;
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
  private final Mail mail;
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
    mail = new Mail(clients, backends, attendance);
    followed = self;
    beat = now;
  }

  /** Others are there than before. */
  public List<NodeEffect> sees(View view, Instant now) {
    attendance.joined(view, now);
    follow(attendance.heard(self, now), now);
    return done(now);
  }

  /** Who is there and says nothing is as good as away: it can neither lead nor be led. */
  private void listen(Instant now) {
    View heard = attendance.heard(self, now);
    if (!heard.equals(leadership.view())) {
      follow(heard, now);
    }
  }

  private void follow(View view, Instant now) {
    leadership.see(view);
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
  }

  /** Who is there, as far as this node can tell; the eldest makes the order. */
  public View view() {
    return leadership.view();
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
    post.of(leadership.begin(known));
    lead = new LeaderDuty(leadership.term(), leadership.view(), post, now);
    post.add(new NodeEffect.Lead(leadership.term()));
    followed = self;
    tellAll(now);
    beat(now);
  }

  /** A leader that knows nothing yet is told everything. */
  private void tellAll(Instant now) {
    backends.tellAll(now);
    clients.submitAgain(now);
    post.send(leadership.leader(), mail.telling(leadership.leader(), lead));
  }

  private void beat(Instant now) {
    beat = now.plus(BEAT);
    Telling telling = mail.telling(leadership.leader(), lead);
    attendance.seen().forEach(member -> post.send(member, telling));
  }

  /** Time has passed. */
  public List<NodeEffect> tick(Instant now) {
    if (!now.isBefore(beat)) {
      attendance.tick(now);
      listen(now);
      clients.tick(attendance, now);
      backends.runs().tick(self, attendance, now);
      beat(now);
    }
    if (lead != null) {
      lead.tick(now);
    }
    return done(now);
  }

  /** Something has arrived. */
  public List<NodeEffect> receives(Parcel parcel, Instant now) {
    if (parcel.from().protocol() == self.protocol() && attendance.admits(parcel, now)) {
      if (!leadership.view().has(parcel.from())) {
        listen(now);
      }
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
    if (lead != null && leadership.isBehind(parcel)) {
      begin(parcel.term(), now);
    }
    if (parcel.content() instanceof ToOwner content) {
      mail.toOwner(content, parcel, now);
    }
    if (parcel.content() instanceof ByLeader content && leadership.obeys(parcel)) {
      mail.byLeader(content, now);
    }
    boolean member = leadership.view().has(parcel.from());
    if (parcel.content() instanceof ToLeader content && lead != null && member) {
      mail.toLeader(content, parcel, lead, now);
    }
  }

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
      lead.ingresses().answer(message);
    }
    return done(now);
  }

  /** Requests of clients of this node that have no end yet. */
  public int open() {
    return clients.size();
  }
}
