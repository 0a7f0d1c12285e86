package com.visiquate.ccproxy.routing.schedule;

import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.RoutingPolicy;
import com.visiquate.ccproxy.routing.backends.FleetState;
import com.visiquate.ccproxy.routing.dispatch.Dispatchers;
import com.visiquate.ccproxy.routing.dispatch.Fairness;
import com.visiquate.ccproxy.routing.dispatch.Scoring;
import com.visiquate.ccproxy.routing.dispatch.SlotAssignment;
import com.visiquate.ccproxy.routing.estimate.Estimator;
import com.visiquate.ccproxy.routing.estimate.Forecast;
import com.visiquate.ccproxy.routing.estimate.Holds;
import com.visiquate.ccproxy.routing.estimate.SlotSteps;
import com.visiquate.ccproxy.routing.estimate.Tuning;
import com.visiquate.ccproxy.routing.request.Chronicle;
import com.visiquate.ccproxy.routing.waiting.WaitingRooms;
import java.time.Instant;
import java.util.random.RandomGenerator;

/** All that weighs one request against another. */
record Judgement(
    WaitingRooms rooms,
    FleetState fleet,
    Holds holds,
    Fairness fairness,
    Estimator estimator,
    Forecast forecast,
    Chronicle chronicle) {
  /** Of a fleet of which nothing has been heard, and for which nobody waits. */
  static Judgement of(FleetPlan plan, Tuning tuning, Instant now) {
    WaitingRooms rooms = new WaitingRooms();
    FleetState fleet = new FleetState(plan, now);
    Holds holds = new Holds(rooms, plan);
    Estimator estimator = new Estimator(fleet, holds, tuning);
    return new Judgement(
        rooms,
        fleet,
        holds,
        new Fairness(tuning.fairness()),
        estimator,
        new Forecast(fleet, estimator),
        new Chronicle());
  }

  Dispatchers dispatchers(RoutingPolicy policy, RandomGenerator random) {
    SlotAssignment assignment = assignment();
    Scoring scoring = new Scoring(fleet, estimator, fairness, policy.patience(), chronicle);
    return new Dispatchers(policy, rooms, fleet, estimator, holds, scoring, assignment, random);
  }

  SlotSteps steps() {
    return new SlotSteps(chronicle, estimator, holds);
  }

  SlotAssignment assignment() {
    return new SlotAssignment(rooms, holds, chronicle);
  }
}
