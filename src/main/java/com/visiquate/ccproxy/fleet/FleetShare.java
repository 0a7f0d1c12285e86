package com.visiquate.ccproxy.fleet;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one node brings to the fleet of all, as the others need to know it.
 *
 * @param backends whose host labels are unlike those of other nodes
 * @param hosts most requests at once by such a label
 * @param names aliases and where they lead
 */
public record FleetShare(
    NodeId node,
    List<BackendSpec> backends,
    Map<String, Integer> hosts,
    List<ModelSpec> models,
    List<Name> names) {
  public FleetShare {
    backends = List.copyOf(backends);
    hosts = Map.copyOf(hosts);
    models = List.copyOf(models);
    names = List.copyOf(names);
  }

  /** An alias, without what is worked out of it. */
  public record Name(String pattern, List<Share> shares, @Nullable Priority priority) {
    public Name {
      shares = List.copyOf(shares);
    }
  }
}
