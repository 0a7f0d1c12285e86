package com.visiquate.ccproxy.routing.strategy;

import com.visiquate.ccproxy.fleet.Strategy;
import java.util.List;
import java.util.random.RandomGenerator;

/** Chooses one of several free backends. */
public interface Choice {
  /** One of the candidates, of which there is at least one. */
  BackendOption among(List<BackendOption> candidates);

  /** The choice that a strategy of the configuration means. */
  static Choice of(Strategy strategy, RandomGenerator random) {
    return switch (strategy) {
      case LEAST_BUSY -> new LeastBusy(random);
      case LEAST_REQUESTS -> new LeastRequests(random);
      case ROUND_ROBIN -> new RoundRobin();
      case SHUFFLE -> new Shuffle(random);
    };
  }
}
