package com.visiquate.ccproxy.fleet;

import java.util.List;
import java.util.Optional;

/**
 * Everything about the fleet that configuration says and that may change while ccproxy runs.
 *
 * @param keys those that clients come in with; empty when they need none
 */
public record FleetPlan(
    List<BackendSpec> backends,
    Catalogue catalogue,
    RoutingPolicy routing,
    QueueBounds queue,
    PriorityRules priorities,
    Limits limits,
    Waiting waiting,
    List<AccessKey> keys) {
  public FleetPlan {
    backends = List.copyOf(backends);
    keys = List.copyOf(keys);
  }

  /** A fleet that needs no key. */
  public FleetPlan(
      List<BackendSpec> backends,
      Catalogue catalogue,
      RoutingPolicy routing,
      QueueBounds queue,
      PriorityRules priorities,
      Limits limits,
      Waiting waiting) {
    this(backends, catalogue, routing, queue, priorities, limits, waiting, List.of());
  }

  public Optional<BackendSpec> backend(BackendId id) {
    return backends.stream().filter(backend -> backend.id().equals(id)).findFirst();
  }

  /** The models that are configured to run on a backend. */
  public List<ModelSpec> modelsOn(BackendId id) {
    return catalogue.models().stream().filter(model -> model.backends().contains(id)).toList();
  }
}
