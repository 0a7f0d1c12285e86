package com.visiquate.ccproxy.routing.dispatch;

import com.visiquate.ccproxy.bus.Decision;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.routing.backends.BackendView;
import com.visiquate.ccproxy.routing.backends.FleetState;
import com.visiquate.ccproxy.routing.estimate.Estimator;
import com.visiquate.ccproxy.routing.request.Estimate;
import com.visiquate.ccproxy.routing.request.OpenExchange;
import com.visiquate.ccproxy.routing.request.RoutingEffect;
import com.visiquate.ccproxy.routing.strategy.BackendOption;
import com.visiquate.ccproxy.routing.strategy.Choice;
import com.visiquate.ccproxy.routing.waiting.WaitingRoom;
import com.visiquate.ccproxy.routing.waiting.WaitingRooms;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Matches waiting requests with free slots: the oldest of the highest class first, whatever its
 * model. Owns the claims of models on backends that others keep busy.
 */
final class ArrivalDispatcher implements Dispatcher {
  private final WaitingRooms rooms;
  private final FleetState fleet;
  private final Estimator estimator;
  private final Map<ModelName, BackendId> reservations = new HashMap<>();
  private final SlotAssignment assignment;
  private final Choice choice;

  ArrivalDispatcher(
      WaitingRooms rooms,
      FleetState fleet,
      Estimator estimator,
      SlotAssignment assignment,
      Choice choice) {
    this.rooms = rooms;
    this.fleet = fleet;
    this.estimator = estimator;
    this.assignment = assignment;
    this.choice = choice;
  }

  @Override
  public List<RoutingEffect> startAlone(OpenExchange newcomer, Instant now) {
    return List.of();
  }

  @Override
  public boolean concerns(OpenExchange newcomer, Instant now) {
    return rooms.of(newcomer.model()).isWithinReach(newcomer);
  }

  @Override
  public Optional<Instant> again() {
    return Optional.empty();
  }

  @Override
  public List<RoutingEffect> dispatch(Instant now) {
    List<RoutingEffect> starts = new ArrayList<>();
    Set<BackendId> reserved = new HashSet<>();
    PriorityQueue<WaitingRoom> turns =
        new PriorityQueue<>(Comparator.comparing(WaitingRoom::head, OpenExchange.TURN));
    turns.addAll(rooms.occupied());
    while (!turns.isEmpty()) {
      WaitingRoom room = turns.remove();
      List<RoutingEffect> start = startOne(room, reserved, now);
      starts.addAll(start);
      if (start.isEmpty()) {
        reserve(room, reserved, now);
      } else if (!room.isEmpty()) {
        turns.add(room);
      }
    }
    return starts;
  }

  private List<RoutingEffect> startOne(WaitingRoom room, Set<BackendId> reserved, Instant now) {
    Optional<OpenExchange> next = room.first(exchange -> !open(exchange, reserved, now).isEmpty());
    return next.flatMap(
            exchange ->
                fleet.model(room.model()).map(model -> start(exchange, model, reserved, now)))
        .orElseGet(List::of);
  }

  private List<BackendView> open(OpenExchange exchange, Set<BackendId> reserved, Instant now) {
    return fleet.eligible(exchange).stream()
        .filter(view -> !reserved.contains(view.id()))
        .filter(view -> view.free(exchange.model(), now) > 0)
        .toList();
  }

  private List<RoutingEffect> start(
      OpenExchange exchange, ModelSpec model, Set<BackendId> reserved, Instant now) {
    List<BackendOption> candidates =
        open(exchange, reserved, now).stream()
            .map(view -> candidate(exchange, model, view, now))
            .toList();
    BackendId chosen = choice.among(candidates).backend();
    BackendView view = fleet.view(chosen).orElseThrow();
    reservations.remove(model.name());
    Estimate estimate = estimator.estimate(exchange, model, view, now);
    return assignment.start(exchange, model, view, estimate, Decision.BY_ARRIVAL, now);
  }

  private BackendOption candidate(
      OpenExchange exchange, ModelSpec model, BackendView view, Instant now) {
    return new BackendOption(
        view.id(),
        view.free(model.name(), now),
        view.taken().size(),
        view.spec().weight(),
        Duration.ofNanos(estimator.estimate(exchange, model, view, now).firstToken()));
  }

  /**
   * Keeps the models behind this one from a backend that only other models keep it out of, so that
   * a steady stream for one model cannot starve another. The claim stays on the same backend until
   * it is used: one that moved about would let the others in wherever it just left.
   */
  private void reserve(WaitingRoom room, Set<BackendId> reserved, Instant now) {
    ModelName model = room.model();
    List<BackendView> crowded =
        fleet.eligible(room.head()).stream()
            .filter(view -> view.memory().isCrowdedOut(model))
            .toList();
    Optional<BackendId> reservation =
        crowded.stream()
            .min(Comparator.comparing(view -> rank(view, model, now)))
            .map(BackendView::id);
    reservation.ifPresentOrElse(
        id -> reservations.put(model, id), () -> reservations.remove(model));
    reservation.ifPresent(reserved::add);
  }

  private long rank(BackendView view, ModelName model, Instant now) {
    return view.id().equals(reservations.get(model)) ? Long.MIN_VALUE : view.taken().remaining(now);
  }
}
