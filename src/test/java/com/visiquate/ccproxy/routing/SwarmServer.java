package com.visiquate.ccproxy.routing;

import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.ModelSpec;

/** One simulated Ollama: the model that it has in memory, and its caches. */
final class SwarmServer {
  private final SwarmCache cache;
  private ModelName loaded = new ModelName("m0");

  SwarmServer(SwarmSetting setting) {
    cache = new SwarmCache(setting.slots(), setting.ollama().stored());
  }

  SwarmCache cache() {
    return cache;
  }

  /** Whether this model must be loaded first, which takes the caches of the other along. */
  boolean load(ModelSpec model) {
    if (loaded.equals(model.name())) {
      return false;
    }
    loaded = model.name();
    cache.clear();
    return true;
  }
}
