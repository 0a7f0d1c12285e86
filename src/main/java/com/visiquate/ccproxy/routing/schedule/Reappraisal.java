package com.visiquate.ccproxy.routing.schedule;

import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.fleet.RoutingPolicy;
import com.visiquate.ccproxy.fleet.Strategy;
import com.visiquate.ccproxy.routing.backends.FleetState;
import com.visiquate.ccproxy.routing.estimate.Estimator;
import com.visiquate.ccproxy.routing.estimate.Speed;
import com.visiquate.ccproxy.routing.request.OpenExchange;
import com.visiquate.ccproxy.routing.waiting.ClassQueue;
import com.visiquate.ccproxy.routing.waiting.WaitingRoom;
import com.visiquate.ccproxy.routing.waiting.WaitingRooms;
import java.time.Instant;
import java.util.Optional;

/**
 * Says what those that wait are expected to cost, and says it anew while they wait: rates are
 * learnt, caches come and go, plans change, and an order that is kept by what was thought once lets
 * newcomers overtake for hours. Each event looks at a few of them, round and round, so that none
 * costs a walk through all, and moves those whose expectation is another one now.
 */
final class Reappraisal {
  /** Of one class of one model: where no more wait, all are looked at, and move together. */
  private static final int FEW = 64;

  /** Of more than those, at each event. */
  private static final int LOOKS = 16;

  /** Of these; moving one costs as much as looking at many. */
  private static final int MOVES = 6;

  /** So many backends are asked at each event. */
  private static final int MANY = 32;

  /** Of its work; what differs by less is left where it is, since rates are never quite still. */
  private static final double NEWS = 0.1;

  private final WaitingRooms rooms;
  private final FleetState fleet;
  private final Estimator estimator;
  private RoutingPolicy policy;
  private long events;

  Reappraisal(WaitingRooms rooms, FleetState fleet, Estimator estimator, RoutingPolicy policy) {
    this.rooms = rooms;
    this.fleet = fleet;
    this.estimator = estimator;
    this.policy = policy;
  }

  /** Another policy holds, and perhaps another fleet: everybody is looked at. */
  void follow(RoutingPolicy changed) {
    policy = changed;
    rooms.occupied().forEach(room -> look(room, Integer.MAX_VALUE));
  }

  /** Says what a newcomer is expected to cost, or one that waits again. */
  void came(OpenExchange exchange) {
    Optional<ModelSpec> model = fleet.model(exchange.model());
    long work =
        model.map(spec -> estimator.service(exchange, spec, estimator.speed(spec))).orElse(0L);
    exchange.expectWork(work, rank(exchange, work));
  }

  /** Looks at a few of those that wait; where very many backends must be asked, now and then. */
  void some() {
    events++;
    for (WaitingRoom room : rooms.occupied()) {
      int backends = fleet.serving(room.model()).size();
      if (events % (1 + backends / MANY) == 0) {
        look(room, FEW);
      }
    }
  }

  private void look(WaitingRoom room, int all) {
    Optional<ModelSpec> model = fleet.model(room.model());
    if (model.isPresent()) {
      Speed speed = estimator.speed(model.get());
      room.lines().forEach(line -> look(line, model.get(), speed, all));
    }
  }

  private void look(ClassQueue line, ModelSpec model, Speed speed, int all) {
    boolean few = line.size() <= all;
    int moves = few ? all : MOVES;
    for (OpenExchange exchange : line.next(few ? all : LOOKS)) {
      if (moves > 0 && isMoved(exchange, line, estimator.service(exchange, model, speed))) {
        moves--;
      }
    }
  }

  private boolean isMoved(OpenExchange exchange, ClassQueue line, long work) {
    double rank = rank(exchange, work);
    boolean news = Math.abs(rank - exchange.rank()) > NEWS * Math.max(work, exchange.work());
    if (news) {
      line.expect(exchange, work, rank);
    }
    return news;
  }

  /** The least is the first: the least work, less what its age is worth; or who came first. */
  private double rank(OpenExchange exchange, long work) {
    if (policy.strategy() != Strategy.LEAST_BUSY) {
      return exchange.order();
    }
    Instant born = exchange.born();
    return work + policy.patience() * (1e9 * born.getEpochSecond() + born.getNano());
  }
}
