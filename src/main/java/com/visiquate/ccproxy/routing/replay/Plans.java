package com.visiquate.ccproxy.routing.replay;

import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendSpec;
import com.visiquate.ccproxy.fleet.Catalogue;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.fleet.RoutingPolicy;
import java.util.ArrayList;
import java.util.List;

/** Plans that are different in one thing. */
final class Plans {
  private Plans() {}

  static FleetPlan with(RoutingPolicy routing, FleetPlan plan) {
    return of(plan, plan.backends(), plan.catalogue(), routing);
  }

  /** With another backend in the place of the one of its name. */
  static FleetPlan with(BackendSpec changed, FleetPlan plan) {
    List<BackendSpec> backends =
        plan.backends().stream().map(one -> one.id().equals(changed.id()) ? changed : one).toList();
    return of(plan, backends, plan.catalogue(), plan.routing());
  }

  /** With one backend more, which has the models of another one. */
  static FleetPlan and(BackendSpec added, BackendId like, FleetPlan plan) {
    List<BackendSpec> backends = new ArrayList<>(plan.backends());
    backends.add(added);
    List<ModelSpec> models =
        plan.catalogue().models().stream()
            .map(model -> model.backends().contains(like) ? on(added.id(), model) : model)
            .toList();
    Catalogue catalogue = new Catalogue(models, plan.catalogue().aliases());
    return of(plan, backends, catalogue, plan.routing());
  }

  private static ModelSpec on(BackendId added, ModelSpec model) {
    List<BackendId> backends = new ArrayList<>(model.backends());
    backends.add(added);
    return new ModelSpec(
        model.name(),
        model.ollama(),
        model.context(),
        backends,
        model.warm(),
        model.keepAlive(),
        model.options(),
        model.fallbacks());
  }

  private static FleetPlan of(
      FleetPlan plan, List<BackendSpec> backends, Catalogue catalogue, RoutingPolicy routing) {
    return new FleetPlan(
        backends,
        plan.hosts(),
        catalogue,
        routing,
        plan.queue(),
        plan.priorities(),
        plan.limits(),
        plan.waiting(),
        plan.keys(),
        plan.accounting(),
        plan.elsewhere());
  }
}
