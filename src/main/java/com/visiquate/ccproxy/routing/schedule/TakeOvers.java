package com.visiquate.ccproxy.routing.schedule;

import com.visiquate.ccproxy.bus.BusMessage.Why;
import com.visiquate.ccproxy.bus.Decision;
import com.visiquate.ccproxy.bus.Fact.WorkTakenOver;
import com.visiquate.ccproxy.bus.ScheduleStep.GhostFaded;
import com.visiquate.ccproxy.bus.ScheduleStep.SlotEnded;
import com.visiquate.ccproxy.bus.ScheduleStep.Spoke;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.fleet.Placement;
import com.visiquate.ccproxy.routing.backends.BackendView;
import com.visiquate.ccproxy.routing.backends.FleetState;
import com.visiquate.ccproxy.routing.backends.TakenSlot;
import com.visiquate.ccproxy.routing.request.Chronicle;
import com.visiquate.ccproxy.routing.request.OpenExchange;
import com.visiquate.ccproxy.routing.request.RoutingEffect;
import com.visiquate.ccproxy.routing.waiting.WaitingRooms;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Gives a request that is sent again what its departed first exchange had: its age, its place, and
 * what runs for it. Requests whose clients are both still there are never merged.
 */
final class TakeOvers {
  private final WaitingRooms rooms;
  private final FleetState fleet;
  private final Chronicle chronicle;
  private final DepartedRequests departed = new DepartedRequests();

  TakeOvers(WaitingRooms rooms, FleetState fleet, Chronicle chronicle) {
    this.rooms = rooms;
    this.fleet = fleet;
    this.chronicle = chronicle;
  }

  /** A newcomer: the ghost of the same request goes on for it. */
  List<RoutingEffect> came(OpenExchange newcomer, Instant now) {
    departed.takeOver(newcomer, now);
    for (BackendView view : fleet.serving(newcomer.model())) {
      for (TakenSlot taken : view.taken()) {
        if (taken.mayBeTakenOver(now) && newcomer.isTwinOf(taken.exchange())) {
          return takeOver(taken, view, newcomer, now);
        }
      }
    }
    return List.of();
  }

  /** Somebody leaves: the same request may wait already, and then what runs goes on for it. */
  List<RoutingEffect> left(OpenExchange leaving, Why why, Instant now) {
    if (rooms.isWaiting(leaving)) {
      chronicle.withdrawn(leaving.id(), now);
    }
    List<RoutingEffect> takenOver =
        switch (why) {
          case CLIENT_GONE, TIMEOUT ->
              placed(leaving).flatMap(view -> successor(leaving, view, now)).toList();
          case CLIENT_TOO_SLOW, SHUTDOWN, CANCELLED -> List.of();
        };
    // What an operator has ended keeps neither its age nor its place.
    if (takenOver.isEmpty() && why != Why.CANCELLED) {
      departed.note(leaving, now);
    }
    return takenOver;
  }

  /** Its time was over, here or where it ran: whoever asks for it again keeps its age. */
  void timedOut(OpenExchange exchange, Instant now) {
    departed.note(exchange, now);
  }

  /** It has become a ghost: the same request may have come in the meantime. */
  List<RoutingEffect> haunts(ExchangeId ghost, BackendId backend, Instant now) {
    return fleet.view(backend).stream()
        .flatMap(
            view ->
                view.takenBy(ghost).stream()
                    .filter(taken -> taken.mayBeTakenOver(now))
                    .flatMap(taken -> successor(taken.exchange(), view, now)))
        .toList();
  }

  private Stream<BackendView> placed(OpenExchange exchange) {
    return Optional.ofNullable(exchange.placement())
        .flatMap(at -> fleet.view(at.backend()))
        .stream();
  }

  private Stream<RoutingEffect> successor(OpenExchange leaving, BackendView view, Instant now) {
    Optional<OpenExchange> twin = rooms.of(leaving.model()).twin(leaving);
    return twin.stream()
        .flatMap(
            successor ->
                view.takenBy(leaving.id()).stream()
                    .flatMap(taken -> takeOver(taken, view, successor, now).stream()));
  }

  private List<RoutingEffect> takeOver(
      TakenSlot taken, BackendView view, OpenExchange successor, Instant now) {
    ExchangeId from = taken.exchange().id();
    return fleet
        .model(successor.model())
        .map(
            model -> {
              rooms.remove(successor);
              view.takeOver(from, successor.id(), taken.takenOverBy(successor));
              Placement placement = successor.place(view.id(), now);
              note(taken, successor, placement, now);
              RoutingEffect.Start start =
                  new RoutingEffect.Start(
                      successor.submission(), placement, model, taken.estimate());
              WorkTakenOver fact =
                  new WorkTakenOver(view.id(), successor.model(), taken.hasSpoken());
              return List.<RoutingEffect>of(
                  new RoutingEffect.TakeOver(start, from), new RoutingEffect.Note(fact));
            })
        .orElse(List.of());
  }

  private void note(TakenSlot taken, OpenExchange successor, Placement placement, Instant now) {
    ExchangeId from = taken.exchange().id();
    BackendId backend = placement.backend();
    if (!taken.isGhost()) {
      Outcome gone = Outcome.CLIENT_GONE;
      chronicle.note(() -> new SlotEnded(from, now, backend, gone, Counts.NONE, false, false));
    } else {
      chronicle.note(() -> new GhostFaded(from, now, backend));
    }
    chronicle.placed(
        successor, placement, taken.number(), taken.estimate(), Decision.TAKEN_OVER, now);
    if (taken.hasSpoken()) {
      chronicle.note(() -> new Spoke(successor.id(), now, backend));
    }
  }
}
