package com.visiquate.ccproxy.routing;

import static com.visiquate.ccproxy.routing.Fixture.DEEP;
import static com.visiquate.ccproxy.routing.Fixture.FAST;
import static com.visiquate.ccproxy.routing.Fixture.backend;
import static com.visiquate.ccproxy.routing.Fixture.bounds;
import static com.visiquate.ccproxy.routing.Fixture.model;
import static com.visiquate.ccproxy.routing.Fixture.plan;
import static com.visiquate.ccproxy.routing.Fixture.with;

import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.RoutingPolicy;
import com.visiquate.ccproxy.fleet.Strategy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What always holds, whatever happens in whatever order. */
final class SchedulerInvariantsTest {
  /** Each of ten runs; {@code -Dccproxy.chaos.events=1000000} looks for rarer things. */
  private static final int EVENTS = Integer.getInteger("ccproxy.chaos.events", 10_000);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void holdForKnownSeeds(long seed) {
    new Chaos(seed, fleet(Strategy.LEAST_BUSY, Duration.ZERO)).run(EVENTS);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void holdWhereSlotsAreKept(long seed) {
    new Chaos(seed, fleet(Strategy.LEAST_BUSY, Duration.ofSeconds(20))).run(EVENTS);
  }

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void holdForAnySeed(Strategy strategy) {
    long seed = System.nanoTime();
    System.out.println("seed of SchedulerInvariantsTest: " + seed);
    new Chaos(seed, fleet(strategy, Duration.ofSeconds(seed % 20))).run(EVENTS);
  }

  private static FleetPlan fleet(Strategy strategy, Duration residency) {
    FleetPlan plan =
        plan(
            List.of(backend("b1", 1), backend("b2", 2, 2), backend("b3", 3)),
            List.of(model(FAST, "b1", "b2", "b3"), model(DEEP, "b2", "b3")),
            bounds(20));
    return with(new RoutingPolicy(strategy, 0.01, residency), plan);
  }
}
