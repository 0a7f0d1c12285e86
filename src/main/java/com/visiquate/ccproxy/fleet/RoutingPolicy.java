package com.visiquate.ccproxy.fleet;

import java.time.Duration;

/**
 * How requests are matched with slots.
 *
 * @param patience seconds of service that one second of waiting is worth, ≥ 0
 * @param residency the longest that a slot is held for a conversation; zero switches holds off
 * @param prefixWarmUp the longest that computing a shared prefix in advance may take; zero switches
 *     it off
 */
public record RoutingPolicy(
    Strategy strategy, double patience, Duration residency, Duration prefixWarmUp) {
  public static final RoutingPolicy DEFAULT =
      new RoutingPolicy(Strategy.LEAST_BUSY, 0.01, Duration.ofSeconds(60), Duration.ofSeconds(30));

  public RoutingPolicy {
    Expect.that(patience >= 0, "patience", patience, ">= 0");
    Expect.that(!residency.isNegative(), "residency", residency, ">= 0s");
    Expect.that(!prefixWarmUp.isNegative(), "prefix-warm-up", prefixWarmUp, ">= 0s");
  }

  /** Nothing is computed in advance. */
  public RoutingPolicy(Strategy strategy, double patience, Duration residency) {
    this(strategy, patience, residency, Duration.ZERO);
  }
}
