package com.visiquate.ccproxy.routing.schedule;

import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.fleet.QueueBounds;
import com.visiquate.ccproxy.routing.backends.FleetState;
import com.visiquate.ccproxy.routing.estimate.Forecast;
import com.visiquate.ccproxy.routing.request.OpenExchange;
import com.visiquate.ccproxy.routing.request.Refusals;
import com.visiquate.ccproxy.routing.request.TurnedAway;
import com.visiquate.ccproxy.routing.waiting.OpenExchanges;
import com.visiquate.ccproxy.routing.waiting.Precedence;
import com.visiquate.ccproxy.routing.waiting.WaitingRoom;
import com.visiquate.ccproxy.routing.waiting.WaitingRooms;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Says who may not come in, who may not wait, and who may not wait any longer. */
final class QueueLimits {
  private final WaitingRooms rooms;
  private final OpenExchanges exchanges;
  private final FleetState fleet;
  private final Forecast forecast;
  private boolean closed;

  QueueLimits(WaitingRooms rooms, OpenExchanges exchanges, FleetState fleet, Forecast forecast) {
    this.rooms = rooms;
    this.exchanges = exchanges;
    this.fleet = fleet;
    this.forecast = forecast;
  }

  /** Why a newcomer is refused before anything else is asked. */
  Optional<Failure> refusal(OpenExchange newcomer, Instant now) {
    if (closed) {
      return Optional.of(Failure.shuttingDown());
    }
    if (exchanges.find(newcomer.id()).isPresent() || fleet.hasSlot(newcomer.id())) {
      return Optional.of(Refusals.idInUse());
    }
    if (!newcomer.expiry().isAfter(now)) {
      return Optional.of(Refusals.waitedTooLong(Duration.ZERO, Duration.ZERO));
    }
    return closed(newcomer.model(), now);
  }

  /** Why a newcomer that found no slot, and stands in its room already, may not stay there. */
  Optional<Failure> refusalToWait(
      OpenExchange newcomer, Duration estimate, QueueBounds bounds, Instant now) {
    ModelName model = newcomer.model();
    int most = bounds.of(newcomer.priority()).length();
    if (rooms.of(model).line(newcomer.priority()).size() > most) {
      Duration next = forecast.wait(model, 0, now);
      return Optional.of(Refusals.queueFull(model, most, next));
    }
    Duration bound = Duration.between(now, newcomer.expiry());
    boolean tooLong = estimate.compareTo(bound) > 0 && forecast.isLearnt(model);
    return tooLong ? Optional.of(Refusals.wouldWaitTooLong(estimate, bound)) : Optional.empty();
  }

  /** Expected wait of one that has so much before it. */
  Duration estimate(OpenExchange newcomer, Precedence.Ahead ahead, Instant now) {
    return forecast.wait(newcomer.model(), ahead.work(), now);
  }

  /** Everybody for whom waiting has become useless. */
  List<TurnedAway> overdue(Instant now) {
    if (rooms.waiting() == 0) {
      return List.of();
    }
    if (closed) {
      return everybody();
    }
    List<TurnedAway> turned = new ArrayList<>();
    rooms.expired(now).forEach(open -> turned.add(expired(open, now)));
    for (WaitingRoom room : rooms.occupied()) {
      closed(room.model(), now)
          .map(failure -> everybody(room, failure, Outcome.REFUSED))
          .orElseGet(() -> stranded(room, now))
          .forEach(turned::add);
    }
    return turned;
  }

  /** The gateway ends: nobody comes in or waits any more. */
  void close() {
    closed = true;
  }

  boolean isClosed() {
    return closed;
  }

  private List<TurnedAway> everybody() {
    return rooms.occupied().stream()
        .flatMap(room -> everybody(room, Failure.shuttingDown(), Outcome.SHUTDOWN))
        .toList();
  }

  private Optional<Failure> closed(ModelName model, Instant now) {
    if (fleet.model(model).isEmpty()) {
      return Optional.of(Refusals.modelRemoved(model));
    }
    return fleet.isHopeless(model, now) ? Optional.of(Refusals.noBackend(model)) : Optional.empty();
  }

  private TurnedAway expired(OpenExchange open, Instant now) {
    Duration waited = Duration.between(open.waitingSince(), now);
    Duration estimate = forecast.wait(open.model(), 0, now);
    return new TurnedAway(open, Refusals.waitedTooLong(waited, estimate), Outcome.TIMEOUT);
  }

  private static Stream<TurnedAway> everybody(WaitingRoom room, Failure failure, Outcome outcome) {
    return room.inOrder().map(open -> new TurnedAway(open, failure, outcome));
  }

  /** Those that some backend has failed and for which no other one is left. */
  private Stream<TurnedAway> stranded(WaitingRoom room, Instant now) {
    return room.retries().stream()
        .filter(open -> fleet.isHopeless(open, now))
        .flatMap(
            open ->
                Optional.ofNullable(open.tries().last()).stream()
                    .map(failure -> new TurnedAway(open, failure, Refusals.outcome(failure))));
  }
}
