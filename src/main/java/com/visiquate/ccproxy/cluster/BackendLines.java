package com.visiquate.ccproxy.cluster;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.Bus.Subscription;
import com.visiquate.ccproxy.bus.BusMessage;
import com.visiquate.ccproxy.bus.BusMessage.Credit;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.FleetPlan;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Listens in the place of backends: for all of them to what a routing that leads decides, and for
 * those of other nodes to what this node asks them.
 */
final class BackendLines {
  private final Bus bus;
  private final Bus routing;
  private final Questions questions;
  private final SharedFleet fleet;
  private final Listener listener;
  private final Map<BackendId, List<Subscription>> leading = new HashMap<>();
  private final Map<BackendId, List<Subscription>> away = new HashMap<>();

  /** Who is told. */
  interface Listener {
    void order(BackendId backend, BusMessage.Order order);

    void control(BackendId backend, BusMessage.Control control);

    void credit(Credit credit);
  }

  BackendLines(Bus bus, Questions questions, SharedFleet fleet, Listener listener) {
    this.bus = bus;
    this.routing = bus.among(Bus.LEADER);
    this.questions = questions;
    this.fleet = fleet;
    this.listener = listener;
  }

  /** These are there, and those of them are of other nodes. */
  void follow(FleetPlan plan) {
    Set<BackendId> all = new HashSet<>();
    plan.backends().forEach(spec -> all.add(spec.id()));
    keep(leading, all);
    keep(away, plan.elsewhere());
    all.forEach(id -> leading.computeIfAbsent(id, this::forRouting));
    plan.elsewhere().forEach(id -> away.computeIfAbsent(id, this::forOthers));
  }

  void close() {
    keep(leading, Set.of());
    keep(away, Set.of());
  }

  private static void keep(Map<BackendId, List<Subscription>> lines, Set<BackendId> ids) {
    lines.entrySet().stream()
        .filter(line -> !ids.contains(line.getKey()))
        .forEach(line -> line.getValue().forEach(Subscription::end));
    lines.keySet().retainAll(ids);
  }

  private List<Subscription> forRouting(BackendId id) {
    return List.of(
        routing.listen(Address.start(id), order -> listener.order(id, order)),
        routing.listen(Address.control(id), control -> listener.control(id, control)),
        routing.answerLater(
            Address.inquiry(id),
            inquiry -> questions.ask(fleet.owner(id), Address.inquiry(id), inquiry)));
  }

  private List<Subscription> forOthers(BackendId id) {
    return List.of(
        bus.listen(Address.control(id), this::fromIngress),
        bus.answerLater(
            Address.look(id), look -> questions.ask(fleet.owner(id), Address.look(id), look)),
        bus.answerLater(
            Address.manage(id), wish -> questions.ask(fleet.owner(id), Address.manage(id), wish)),
        bus.answerLater(
            Address.warm(id), warm -> questions.ask(fleet.owner(id), Address.warm(id), warm)));
  }

  private void fromIngress(BusMessage.Control control) {
    if (control instanceof Credit credit) {
      listener.credit(credit);
    }
  }
}
