package com.visiquate.ccproxy.routing;

import com.visiquate.ccproxy.bus.BusMessage.Why;
import com.visiquate.ccproxy.bus.Fact.WorkAdopted;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Gives a request that is sent again what its departed first exchange had: its age, its place, and
 * what runs for it. Requests whose clients are both still there are never merged.
 */
final class Adoptions {
  private final Rooms rooms;
  private final Fleet fleet;
  private final Departed departed = new Departed();

  Adoptions(Rooms rooms, Fleet fleet) {
    this.rooms = rooms;
    this.fleet = fleet;
  }

  /** A newcomer: the ghost of the same request goes on for it. */
  List<Effect> came(Ticket newcomer, Instant now) {
    departed.adopt(newcomer, now);
    for (BackendView view : fleet.serving(newcomer.model())) {
      for (Seat seat : view.seats()) {
        if (seat.isAdoptable(now) && newcomer.isTwinOf(seat.ticket())) {
          return handOver(seat, view, newcomer, now);
        }
      }
    }
    return List.of();
  }

  /** Somebody leaves: the same request may wait already, and then what runs goes on for it. */
  List<Effect> left(Ticket leaving, Why why, Instant now) {
    List<Effect> handedOver =
        switch (why) {
          case CLIENT_GONE, TIMEOUT ->
              placed(leaving).flatMap(view -> heir(leaving, view, now)).toList();
          case CLIENT_TOO_SLOW, SHUTDOWN -> List.of();
        };
    if (handedOver.isEmpty()) {
      departed.note(leaving, now);
    }
    return handedOver;
  }

  /** Its time was over, here or where it ran: whoever asks for it again keeps its age. */
  void timedOut(Ticket ticket, Instant now) {
    departed.note(ticket, now);
  }

  /** It has become a ghost: the same request may have come in the meantime. */
  List<Effect> haunts(ExchangeId ghost, BackendId backend, Instant now) {
    return fleet.view(backend).stream()
        .flatMap(
            view ->
                view.seat(ghost).stream()
                    .filter(seat -> seat.isAdoptable(now))
                    .flatMap(seat -> heir(seat.ticket(), view, now)))
        .toList();
  }

  private Stream<BackendView> placed(Ticket ticket) {
    return Optional.ofNullable(ticket.placement()).flatMap(at -> fleet.view(at.backend())).stream();
  }

  private Stream<Effect> heir(Ticket leaving, BackendView view, Instant now) {
    Optional<Ticket> twin = rooms.of(leaving.model()).twin(leaving);
    return twin.stream()
        .flatMap(
            heir ->
                view.seat(leaving.exchange()).stream()
                    .flatMap(seat -> handOver(seat, view, heir, now).stream()));
  }

  private List<Effect> handOver(Seat seat, BackendView view, Ticket heir, Instant now) {
    ExchangeId from = seat.ticket().exchange();
    return fleet
        .model(heir.model())
        .map(
            model -> {
              rooms.remove(heir);
              view.handOver(from, heir.exchange(), seat.inheritedBy(heir));
              Effect.Start start =
                  new Effect.Start(
                      heir.submission(), heir.place(view.id(), now), model, seat.estimate());
              WorkAdopted fact = new WorkAdopted(view.id(), heir.model(), seat.hasSpoken());
              return List.<Effect>of(new Effect.TakeOver(start, from), new Effect.Note(fact));
            })
        .orElse(List.of());
  }
}
