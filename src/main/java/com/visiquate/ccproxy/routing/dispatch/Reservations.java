package com.visiquate.ccproxy.routing.dispatch;

import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.ModelName;
import java.util.HashSet;
import java.util.Set;

/**
 * The backends that are closed to new requests in one round, because a model waits for those of the
 * other models to end: each model claims one at most.
 */
final class Reservations {
  private final Set<BackendId> backends = new HashSet<>();
  private final Set<ModelName> models = new HashSet<>();

  void add(ModelName model, BackendId backend) {
    models.add(model);
    backends.add(backend);
  }

  /** Those that have a claim. */
  Set<ModelName> models() {
    return models;
  }

  boolean isClosed(BackendId backend) {
    return backends.contains(backend);
  }

  boolean hasClaim(ModelName model) {
    return models.contains(model);
  }
}
