package com.visiquate.ccproxy.routing;

import static com.visiquate.ccproxy.routing.Fixture.DEEP;
import static com.visiquate.ccproxy.routing.Fixture.FAST;

import com.visiquate.ccproxy.fleet.BackendSpec;
import com.visiquate.ccproxy.fleet.Catalogue;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.GhostRule;
import com.visiquate.ccproxy.fleet.Limits;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.fleet.PriorityRules;
import com.visiquate.ccproxy.fleet.QueueBounds;
import com.visiquate.ccproxy.fleet.RoutingPolicy;
import com.visiquate.ccproxy.fleet.Strategy;
import com.visiquate.ccproxy.fleet.Waiting;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Random small fleets: what can go wrong with a hundred backends goes wrong with three. */
final class ChaosFleet {
  private static final int MOST = 3;
  private static final double[] PATIENCE = {0.01, 0.5, 4};
  private static final int[] RESIDENCY = {0, 5, 20};

  /** Nobody may wait in some worlds, and more than any decision looks at in others. */
  private static final int[] LENGTHS = {0, 1, 2, 4, 8, 32};

  private final RandomGenerator random;

  ChaosFleet(RandomGenerator random) {
    this.random = random;
  }

  FleetPlan plan(Strategy strategy) {
    List<BackendSpec> backends = new ArrayList<>();
    for (int i = 1; i <= MOST; i++) {
      if (i == 1 || random.nextBoolean()) {
        backends.add(backend("b" + i));
      }
    }
    double patience = PATIENCE[random.nextInt(PATIENCE.length)];
    Duration residency = Duration.ofSeconds(RESIDENCY[random.nextInt(RESIDENCY.length)]);
    Duration warmUp = Duration.ofSeconds(random.nextBoolean() ? 0 : 30);
    return new FleetPlan(
        backends,
        random.nextInt(3) == 0 ? Map.of("mac", 1 + random.nextInt(3)) : Map.of(),
        new Catalogue(models(backends), List.of()),
        new RoutingPolicy(strategy, patience, residency, warmUp),
        new QueueBounds(
            LENGTHS[random.nextInt(LENGTHS.length)],
            Duration.ofSeconds(20 + random.nextInt(2_000))),
        PriorityRules.DEFAULT,
        Limits.DEFAULT,
        Waiting.DEFAULT,
        List.of());
  }

  private BackendSpec backend(String name) {
    URI url = URI.create("http://127.0.0.1:11434");
    String host = random.nextInt(3) == 0 ? "mac" : name;
    int slots = 1 + random.nextInt(3);
    int cached = 1 + random.nextInt(2);
    return new BackendSpec(Fixture.id(name), url, slots, 1, host, cached, GhostRule.AUTO);
  }

  /** One on all backends, and now and then another one on some of them. */
  private List<ModelSpec> models(List<BackendSpec> backends) {
    List<ModelSpec> models = new ArrayList<>();
    models.add(Fixture.model(FAST, names(backends)));
    if (random.nextBoolean()) {
      int from = random.nextInt(backends.size());
      models.add(Fixture.model(DEEP, names(backends.subList(from, backends.size()))));
    }
    return models;
  }

  private static String[] names(List<BackendSpec> backends) {
    return backends.stream().map(spec -> spec.id().value()).toArray(String[]::new);
  }
}
