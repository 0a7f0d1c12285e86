package com.visiquate.ccproxy.cluster;

import com.visiquate.ccproxy.bus.Membership.Member;
import com.visiquate.ccproxy.bus.NodeMessage.Introduction;
import com.visiquate.ccproxy.cluster.core.View;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.FleetShare;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who is there with what, as far as this node has been told. */
final class SharedFleet {
  private final Member self;
  private final Map<Member, FleetShare> others = new LinkedHashMap<>();
  private final Set<Member> leaving = new HashSet<>();
  private List<Member> members;
  private FleetPlan own;

  SharedFleet(Member self, FleetPlan own) {
    this.self = self;
    this.own = own;
    this.members = List.of(self);
  }

  /** These are there, the eldest first; what others have brought leaves with them. */
  void seen(List<Member> now) {
    members = List.copyOf(now);
    others.keySet().retainAll(now);
    leaving.retainAll(now);
  }

  /** This node is configured anew. */
  void configured(FleetPlan plan) {
    own = plan;
  }

  /** Whether this says anything new. */
  boolean introduced(Member from, Introduction introduction) {
    boolean leaves = introduction.leaving() && leaving.add(from);
    boolean brings = !introduction.share().equals(others.put(from, introduction.share()));
    return leaves || brings;
  }

  /** This node will soon end. */
  void leaves() {
    leaving.add(self);
  }

  /** Those who stay before those who leave, so that one who stays leads. */
  View view() {
    List<Member> ordered = new ArrayList<>();
    members.stream().filter(one -> !leaving.contains(one)).forEach(ordered::add);
    members.stream().filter(leaving::contains).forEach(ordered::add);
    return new View(self, ordered);
  }

  /** Those of its own kind who are there, without itself. */
  List<Member> strangers() {
    return view().members().stream().filter(one -> !one.equals(self)).toList();
  }

  /** Whether everybody who is there has said what it brings. */
  boolean isComplete() {
    return others.keySet().containsAll(strangers());
  }

  /** Whose backend it is; this node itself where nobody else has said so. */
  Member owner(BackendId backend) {
    return others.entrySet().stream()
        .filter(one -> one.getValue().backends().stream().anyMatch(it -> it.id().equals(backend)))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(self);
  }

  /** What it tells the others. */
  Introduction introduction(Collection<BackendStatus> statuses) {
    return new Introduction(
        FleetUnion.share(self.node(), own), List.copyOf(statuses), leaving.contains(self));
  }

  FleetPlan plan() {
    List<FleetShare> shares =
        strangers().stream().filter(others::containsKey).map(this::share).toList();
    return FleetUnion.of(self.node(), own, shares);
  }

  private FleetShare share(Member other) {
    return others.getOrDefault(
        other, new FleetShare(other.node(), List.of(), Map.of(), List.of(), List.of()));
  }

  /** Why this node cannot act as one with the others; empty when it can. */
  List<String> disagreements() {
    FleetShare mine = FleetUnion.share(self.node(), own);
    return strangers().stream()
        .filter(others::containsKey)
        .flatMap(other -> FleetUnion.disagreements(mine, share(other)).stream())
        .toList();
  }
}
