package com.visiquate.ccproxy.routing.estimate;

import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendSpec;
import com.visiquate.ccproxy.fleet.ModelName;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Owns what has been learnt of every backend's speed with every model. */
final class Rates {
  private final Map<Pair, Rate> learnt = new HashMap<>();
  private final Rate prior;

  private record Pair(BackendId backend, ModelName model) {}

  /**
   * None yet.
   *
   * @param prior what is guessed of a backend of weight 1
   */
  Rates(Rate prior) {
    this.prior = prior;
  }

  /** The learnt rate, or a guess that the configured weight scales. */
  Rate of(BackendSpec backend, ModelName model) {
    Rate known = learnt.get(new Pair(backend.id(), model));
    return known == null ? prior.faster(backend.weight()) : known;
  }

  /**
   * Learns from a completed request.
   *
   * @param characters of its prompt
   */
  void learn(BackendSpec backend, ModelName model, Counts counts, int characters) {
    if (counts.promptTokens() > 0) {
      learnt.put(new Pair(backend.id(), model), of(backend, model).with(counts, characters));
    }
  }

  /** Forgets every pair but those of the backends that still exist. */
  void keepOnly(Set<BackendId> backends) {
    learnt.keySet().removeIf(pair -> !backends.contains(pair.backend()));
  }
}
