package com.visiquate.ccproxy.routing.backends;

import com.visiquate.ccproxy.fleet.ModelName;
import java.util.HashMap;
import java.util.Map;

/** How many slots of one backend each model has taken. */
final class SlotCounts {
  private final Map<ModelName, Integer> taken = new HashMap<>();

  void add(ModelName model) {
    taken.merge(model, 1, Integer::sum);
  }

  void remove(ModelName model) {
    taken.computeIfPresent(model, (name, count) -> count == 1 ? null : count - 1);
  }

  int of(ModelName model) {
    return taken.getOrDefault(model, 0);
  }

  /** How many models have any. */
  int models() {
    return taken.size();
  }
}
