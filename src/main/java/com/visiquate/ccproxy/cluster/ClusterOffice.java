package com.visiquate.ccproxy.cluster;

import com.visiquate.ccproxy.bus.AccessMessage.Claims;
import com.visiquate.ccproxy.bus.AccessMessage.Hearing;
import com.visiquate.ccproxy.bus.AccessMessage.Unheard;
import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Announcement.Gathered;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.Bus.Subscription;
import com.visiquate.ccproxy.bus.BusMessage;
import com.visiquate.ccproxy.bus.BusMessage.Broke;
import com.visiquate.ccproxy.bus.BusMessage.Cancelled;
import com.visiquate.ccproxy.bus.BusMessage.Credit;
import com.visiquate.ccproxy.bus.BusMessage.Said;
import com.visiquate.ccproxy.bus.BusMessage.ToIngress;
import com.visiquate.ccproxy.bus.CacheMessage.Purge;
import com.visiquate.ccproxy.bus.CacheMessage.Purged;
import com.visiquate.ccproxy.bus.Membership.Member;
import com.visiquate.ccproxy.bus.Membership.Term;
import com.visiquate.ccproxy.bus.NodeMessage.Content;
import com.visiquate.ccproxy.bus.NodeMessage.Introduction;
import com.visiquate.ccproxy.bus.NodeMessage.Parcel;
import com.visiquate.ccproxy.bus.NodeMessage.Question;
import com.visiquate.ccproxy.bus.NodeMessage.Reply;
import com.visiquate.ccproxy.bus.NodeMessage.Stands;
import com.visiquate.ccproxy.cluster.core.ClusterNode;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.Placement;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Receives what is said to this node from within and without, asks its core, and has it done. */
final class ClusterOffice implements Mailbag.Reader, BackendLines.Listener {
  /** Between two introductions to all, any of which may be lost. */
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final InstantSource clock = new SteadyClock();
  private final Bus bus;
  private final Member self;
  private final SharedFleet fleet;
  private final BiConsumer<Member, Parcel> post;
  private final Term beside;
  private final ClusterNode node;
  private final ClusterDesk desk;
  private final Questions questions;
  private final BackendLines lines;
  private final FleetOffice company;
  private final List<Subscription> subscriptions = new ArrayList<>();
  private Instant introduced = Instant.MIN;

  ClusterOffice(
      Vertx vertx,
      Member self,
      SharedFleet fleet,
      LeaderStages leader,
      BiConsumer<Member, Parcel> post) {
    this.bus = Bus.of(vertx);
    this.self = self;
    this.fleet = fleet;
    this.post = post;
    this.node = new ClusterNode(self, clock.instant());
    this.desk = new ClusterDesk(bus, leader, fleet, post);
    this.beside = new Term(0, self);
    this.questions = new Questions(vertx, bus, self, this::say);
    this.lines = new BackendLines(bus, questions, fleet, this);
    this.company = new FleetOffice(bus, fleet, lines, this::say);
  }

  /** Listens from now on. */
  void open() {
    Bus routing = bus.among(Bus.LEADER);
    subscriptions.addAll(
        List.of(
            bus.listen(Address.ROUTING_SUBMIT, submit -> desk.apply(node.submit(submit, now()))),
            bus.listen(Address.ROUTING_LEAVE, leave -> desk.apply(node.leave(leave, now()))),
            bus.listen(Address.ROUTING_REPORT, report -> desk.apply(node.reported(report, now()))),
            bus.listen(Address.FLEET_STATUS, change -> stands(change.status())),
            bus.listen(Address.ingress(ClusterNode.RELAY), this::answered),
            bus.listen(Address.CLUSTER_PLAN, replanned -> company.configured(replanned.plan())),
            bus.listen(Address.DRAINING, draining -> leaves()),
            routing.listen(
                Address.ingress(ClusterNode.RELAY),
                answer -> desk.apply(node.answer(answer, now()))),
            bus.answerLater(
                Address.ROUTING_INSPECT, inspect -> askLeader(Address.ROUTING_INSPECT, inspect)),
            bus.answerLater(Address.ROUTING_STEER, wish -> askLeader(Address.ROUTING_STEER, wish)),
            bus.answerLater(Address.ACCESS_CLAIM, this::claim)));
    see();
  }

  Future<Void> close() {
    subscriptions.forEach(Subscription::end);
    subscriptions.clear();
    lines.close();
    return desk.end();
  }

  /** All other nodes discard answers that they have by themselves; says how many they had. */
  Future<Long> discard(Purge purge) {
    return questions
        .askAll(fleet.strangers(), Address.CACHE_DISCARD, purge)
        .map(all -> all.stream().mapToLong(Purged::entries).max().orElse(0));
  }

  /** Completes when everybody who is there has said what it brings. */
  Future<Void> complete() {
    return company.complete();
  }

  private <T extends BusMessage, G extends BusMessage> Future<G> askLeader(
      Address<T, G> address, T question) {
    return questions.ask(node.view().eldest(), address.among(Bus.LEADER), question);
  }

  private Future<Hearing> claim(Claims claims) {
    Address<Claims, Hearing> turnstile = Address.ACCESS_CLAIM.among(Bus.LEADER);
    return questions.ask(node.view().eldest(), turnstile, claims, AGAIN).otherwise(new Unheard());
  }

  private Instant now() {
    return clock.instant();
  }

  /** Some time has passed. */
  void tick() {
    desk.apply(node.tick(now()));
    bus.publish(Address.CLUSTER_MEMBERS, new Gathered(self, node.view().members()));
    if (!now().isBefore(introduced.plus(AGAIN))) {
      introduce();
    }
  }

  // ---- who is there

  @Override
  public void seen(List<Member> members) {
    fleet.seen(members);
    see();
  }

  private void see() {
    desk.apply(node.sees(fleet.view(), now()));
    introduce();
    company.changed();
  }

  private void introduce() {
    introduced = now();
    company.introduce();
  }

  /** What the core has nothing to do with: it has neither a place among parcels nor a term. */
  private void say(Member to, Content content) {
    post.accept(to, new Parcel(beside.leader(), 0, beside, content));
  }

  private void introduced(Member from, Introduction introduction) {
    if (fleet.introduced(from, introduction)) {
      desk.apply(node.sees(fleet.view(), now()));
      company.changed();
    }
    introduction.statuses().forEach(company::show);
  }

  private void leaves() {
    fleet.leaves();
    see();
  }

  // ---- what arrives from other nodes

  @Override
  public void arrived(Parcel parcel) {
    Member from = parcel.from();
    switch (parcel.content()) {
      case Introduction introduction -> introduced(from, introduction);
      case Question question -> questions.asked(from, question);
      case Reply reply -> questions.replied(reply);
      case Stands stands -> {
        desk.apply(node.receives(parcel, now()));
        company.show(stands.status());
      }
      default -> desk.apply(node.receives(parcel, now()));
    }
  }

  // ---- what this node says

  private void stands(BackendStatus status) {
    if (company.isOwn(status)) {
      desk.apply(node.stands(status, now()));
    }
  }

  private void answered(ToIngress message) {
    Placement placement =
        switch (message) {
          case Said said -> said.placement();
          case Broke broke -> broke.placement();
          case Cancelled cancelled -> cancelled.placement();
          default -> null;
        };
    if (placement != null) {
      desk.apply(node.answered(placement.backend(), message, now()));
    }
  }

  @Override
  public void order(BackendId backend, BusMessage.Order order) {
    desk.apply(node.order(backend, order, now()));
  }

  @Override
  public void control(BackendId backend, BusMessage.Control control) {
    desk.apply(node.control(backend, control, now()));
  }

  @Override
  public void credit(Credit credit) {
    desk.apply(node.credit(credit, now()));
  }
}
