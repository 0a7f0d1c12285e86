package com.visiquate.ccproxy.fleet;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything about the fleet that configuration says and that may change while ccproxy runs.
 *
 * @param hosts most requests that run at once on all backends of a host, by its label; a host that
 *     is not in it runs whatever its backends run
 * @param keys those that clients come in with; empty when they need none
 * @param accounting what use costs, and how much of it is allowed
 * @param elsewhere the backends that are of other nodes; this one neither runs nor warms them
 */
public record FleetPlan(
    List<BackendSpec> backends,
    Map<String, Integer> hosts,
    Catalogue catalogue,
    RoutingPolicy routing,
    QueueBounds queue,
    PriorityRules priorities,
    Limits limits,
    Waiting waiting,
    List<AccessKey> keys,
    Accounting accounting,
    Set<BackendId> elsewhere) {
  public FleetPlan {
    elsewhere = Set.copyOf(elsewhere);
    backends = List.copyOf(backends);
    hosts = Map.copyOf(hosts);
    hosts.values().forEach(most -> Expect.that(most >= 1, "hosts", most, ">= 1"));
    keys = List.copyOf(keys);
  }

  /** All backends are of this node. */
  public FleetPlan(
      List<BackendSpec> backends,
      Map<String, Integer> hosts,
      Catalogue catalogue,
      RoutingPolicy routing,
      QueueBounds queue,
      PriorityRules priorities,
      Limits limits,
      Waiting waiting,
      List<AccessKey> keys,
      Accounting accounting) {
    this(
        backends,
        hosts,
        catalogue,
        routing,
        queue,
        priorities,
        limits,
        waiting,
        keys,
        accounting,
        Set.of());
  }

  /** No host has a bound of its own, and no key is needed. */
  public FleetPlan(
      List<BackendSpec> backends,
      Catalogue catalogue,
      RoutingPolicy routing,
      QueueBounds queue,
      PriorityRules priorities,
      Limits limits,
      Waiting waiting) {
    this(
        backends,
        Map.of(),
        catalogue,
        routing,
        queue,
        priorities,
        limits,
        waiting,
        List.of(),
        Accounting.NONE);
  }

  /** Nothing has a price or a budget. */
  public FleetPlan(
      List<BackendSpec> backends,
      Map<String, Integer> hosts,
      Catalogue catalogue,
      RoutingPolicy routing,
      QueueBounds queue,
      PriorityRules priorities,
      Limits limits,
      Waiting waiting,
      List<AccessKey> keys) {
    this(
        backends,
        hosts,
        catalogue,
        routing,
        queue,
        priorities,
        limits,
        waiting,
        keys,
        Accounting.NONE);
  }

  public Optional<BackendSpec> backend(BackendId id) {
    return backends.stream().filter(backend -> backend.id().equals(id)).findFirst();
  }

  /** The backends of this node. */
  public List<BackendSpec> here() {
    return backends.stream().filter(backend -> !elsewhere.contains(backend.id())).toList();
  }

  /** The models that are configured to run on a backend. */
  public List<ModelSpec> modelsOn(BackendId id) {
    return catalogue.models().stream().filter(model -> model.backends().contains(id)).toList();
  }
}
