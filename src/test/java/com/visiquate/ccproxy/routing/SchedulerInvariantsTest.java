package com.visiquate.ccproxy.routing;

import static com.visiquate.ccproxy.routing.Fixture.DEEP;
import static com.visiquate.ccproxy.routing.Fixture.FAST;
import static com.visiquate.ccproxy.routing.Fixture.backend;
import static com.visiquate.ccproxy.routing.Fixture.bounds;
import static com.visiquate.ccproxy.routing.Fixture.model;
import static com.visiquate.ccproxy.routing.Fixture.plan;

import com.visiquate.ccproxy.fleet.FleetPlan;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What always holds, whatever happens in whatever order. */
final class SchedulerInvariantsTest {
  private static final int EVENTS = 2_000;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void holdForKnownSeeds(long seed) {
    new Chaos(seed, fleet()).run(EVENTS);
  }

  @Test
  void holdForAnySeed() {
    long seed = System.nanoTime();
    System.out.println("seed of SchedulerInvariantsTest: " + seed);
    new Chaos(seed, fleet()).run(EVENTS);
  }

  private static FleetPlan fleet() {
    return plan(
        List.of(backend("b1", 1), backend("b2", 2, 2), backend("b3", 3)),
        List.of(model(FAST, "b1", "b2", "b3"), model(DEEP, "b2", "b3")),
        bounds(20));
  }
}
