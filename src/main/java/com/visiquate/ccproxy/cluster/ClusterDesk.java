package com.visiquate.ccproxy.cluster;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Announcement.Replanned;
import com.visiquate.ccproxy.bus.Announcement.StatusChanged;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.Membership.Member;
import com.visiquate.ccproxy.bus.NodeMessage.Parcel;
import com.visiquate.ccproxy.cluster.core.NodeEffect;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what the core of this node decides: on the bus of the process, or by the carrier. */
final class ClusterDesk {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterDesk.class);

  private final Bus bus;
  private final Bus routing;
  private final LeaderStages leader;
  private final SharedFleet fleet;
  private final BiConsumer<Member, Parcel> post;

  /** What is said to a routing that is not there yet. */
  private final List<NodeEffect.ToRouting> kept = new ArrayList<>();

  private boolean deployed;
  private long leads;

  ClusterDesk(Bus bus, LeaderStages leader, SharedFleet fleet, BiConsumer<Member, Parcel> post) {
    this.bus = bus;
    this.routing = bus.among(Bus.LEADER);
    this.leader = leader;
    this.fleet = fleet;
    this.post = post;
  }

  void apply(List<NodeEffect> effects) {
    effects.forEach(this::apply);
  }

  private void apply(NodeEffect effect) {
    switch (effect) {
      case NodeEffect.Send(var to, var parcel) -> post.accept(to, parcel);
      case NodeEffect.Tell(var ingress, var message) -> bus.send(Address.ingress(ingress), message);
      case NodeEffect.Run(var backend, var order, var remote) ->
          bus.send(Address.start(backend), order);
      case NodeEffect.Control(var backend, var control) ->
          bus.send(Address.control(backend), control);
      case NodeEffect.Lead(var term) -> lead();
      case NodeEffect.Yield() -> yielded();
      case NodeEffect.ToRouting said -> toRouting(said);
    }
  }

  private void lead() {
    LOG.info("this node leads");
    long now = ++leads;
    deployed = false;
    kept.clear();
    leader
        .begin(fleet.plan())
        .onSuccess(done -> began(now))
        .onFailure(cause -> LOG.error("no routing could begin to lead", cause));
  }

  private void began(long lead) {
    if (lead == leads) {
      deployed = true;
      // It may have changed while routing did not listen yet.
      bus.publish(Address.FLEET_PLAN, new Replanned(fleet.plan()));
      List<NodeEffect.ToRouting> said = List.copyOf(kept);
      kept.clear();
      said.forEach(this::tell);
    }
  }

  private void yielded() {
    LOG.info("another node leads");
    leads++;
    deployed = false;
    kept.clear();
    leader.end();
  }

  private void toRouting(NodeEffect.ToRouting said) {
    if (deployed) {
      tell(said);
    } else {
      kept.add(said);
    }
  }

  private void tell(NodeEffect.ToRouting said) {
    switch (said) {
      case NodeEffect.Submit(var submit) -> routing.send(Address.ROUTING_SUBMIT, submit);
      case NodeEffect.Leave(var leave) -> routing.send(Address.ROUTING_LEAVE, leave);
      case NodeEffect.Report(var report) -> routing.send(Address.ROUTING_REPORT, report);
      case NodeEffect.Status(var status) ->
          routing.publish(Address.FLEET_STATUS, new StatusChanged(status));
      case NodeEffect.Succeed(var message) -> routing.send(Address.ROUTING_SUCCEED, message);
    }
  }

  /** Nothing is done any more. */
  Future<Void> end() {
    leads++;
    deployed = false;
    return leader.end();
  }
}
