package com.visiquate.ccproxy.fleet;

import java.util.List;
import java.util.Optional;

/** Everything about the fleet that configuration says and that may change while ccproxy runs. */
public record FleetPlan(
    List<BackendSpec> backends,
    Catalogue catalogue,
    RoutingPolicy routing,
    QueueBounds queue,
    PriorityRules priorities,
    Limits limits,
    Waiting waiting) {
  public FleetPlan {
    backends = List.copyOf(backends);
  }

  public Optional<BackendSpec> backend(BackendId id) {
    return backends.stream().filter(backend -> backend.id().equals(id)).findFirst();
  }

  /** The models that are configured to run on a backend. */
  public List<ModelSpec> modelsOn(BackendId id) {
    return catalogue.models().stream().filter(model -> model.backends().contains(id)).toList();
  }
}
