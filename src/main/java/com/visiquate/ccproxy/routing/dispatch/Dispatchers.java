package com.visiquate.ccproxy.routing.dispatch;

import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.RoutingPolicy;
import com.visiquate.ccproxy.fleet.Strategy;
import com.visiquate.ccproxy.routing.backends.FleetState;
import com.visiquate.ccproxy.routing.estimate.Estimator;
import com.visiquate.ccproxy.routing.estimate.Holds;
import com.visiquate.ccproxy.routing.request.OpenExchange;
import com.visiquate.ccproxy.routing.request.RoutingEffect;
import com.visiquate.ccproxy.routing.strategy.Choice;
import com.visiquate.ccproxy.routing.waiting.WaitingRooms;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Owns the dispatcher that the policy means, and follows when the policy changes. */
public final class Dispatchers implements Dispatcher {
  private final WaitingRooms rooms;
  private final FleetState fleet;
  private final Estimator estimator;
  private final Holds holds;
  private final Scoring bidding;
  private final SlotAssignment assignment;
  private final RandomGenerator random;
  private Strategy strategy;
  private Dispatcher dispatcher;

  public Dispatchers(
      RoutingPolicy policy,
      WaitingRooms rooms,
      FleetState fleet,
      Estimator estimator,
      Holds holds,
      Scoring scoring,
      SlotAssignment assignment,
      RandomGenerator random) {
    this.rooms = rooms;
    this.fleet = fleet;
    this.estimator = estimator;
    this.holds = holds;
    this.random = random;
    this.bidding = scoring;
    this.assignment = assignment;
    this.strategy = policy.strategy();
    this.dispatcher = of(strategy);
  }

  public void follow(FleetPlan plan) {
    RoutingPolicy policy = plan.routing();
    bidding.patience(policy.patience());
    holds.follow(plan);
    if (policy.strategy() != strategy) {
      strategy = policy.strategy();
      dispatcher = of(strategy);
    }
  }

  @Override
  public List<RoutingEffect> dispatch(Instant now) {
    return dispatcher.dispatch(now);
  }

  @Override
  public List<RoutingEffect> startAlone(OpenExchange newcomer, Instant now) {
    return dispatcher.startAlone(newcomer, now);
  }

  @Override
  public boolean concerns(OpenExchange newcomer, Instant now) {
    return dispatcher.concerns(newcomer, now);
  }

  @Override
  public Optional<Instant> again() {
    return dispatcher.again();
  }

  private Dispatcher of(Strategy wanted) {
    Choice choice = Choice.of(wanted, random);
    return wanted == Strategy.LEAST_BUSY
        ? new CacheDispatcher(rooms, fleet, bidding, assignment, choice)
        : new ArrivalDispatcher(rooms, fleet, estimator, assignment, choice);
  }
}
