package com.visiquate.ccproxy.routing;

import com.visiquate.ccproxy.bus.BusMessage.Ended;
import com.visiquate.ccproxy.bus.BusMessage.FirstToken;
import com.visiquate.ccproxy.bus.BusMessage.GhostGone;
import com.visiquate.ccproxy.bus.BusMessage.Lost;
import com.visiquate.ccproxy.bus.BusMessage.SlotReport;
import com.visiquate.ccproxy.bus.Fact.FirstTokenSeen;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.routing.cache.Chain;
import com.visiquate.ccproxy.routing.cache.Resident;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Follows what the backends report of their slots, and what the slots hold because of it. */
final class Slots {
  private final Fleet fleet;
  private final Lessons lessons;

  Slots(Fleet fleet, Lessons lessons) {
    this.fleet = fleet;
    this.lessons = lessons;
  }

  List<Effect> spoke(FirstToken report, Instant now) {
    Optional<Seat> seat = seat(report).filter(found -> !found.hasSpoken());
    seat.ifPresent(found -> found.spoke(now));
    return seat.stream().<Effect>map(found -> firstToken(report, found, now)).toList();
  }

  List<Effect> ended(Ended report, Instant now) {
    Optional<Seat> seat = seat(report);
    if (seat.isEmpty()) {
      return List.of();
    }
    if (report.ghost()) {
      seat.get().becomeGhost();
      return List.of();
    }
    settle(seat.get(), report, now);
    release(report, now);
    return report.outcome() == Outcome.COMPLETED
        ? lessons.learn(report, seat.get(), now)
        : List.of();
  }

  void ghostGone(GhostGone report, Instant now) {
    Optional<Seat> ghost = seat(report).filter(Seat::isGhost);
    ghost.ifPresent(seat -> seat.lease().release(left(seat.ticket(), null, now)));
    ghost.ifPresent(seat -> release(report, now));
  }

  /** What failed one request would fail the next one, until the backend has said how it is. */
  void lost(Lost report, Instant now) {
    seat(report).ifPresent(seat -> seat.lease().abandon());
    if (report.elsewhere()) {
      fleet.view(report.backend()).ifPresent(view -> view.handBack(report.exchange(), now));
    } else {
      release(report, now);
    }
  }

  void handBack(ExchangeId exchange, BackendId backend, Instant now) {
    fleet
        .view(backend)
        .flatMap(view -> view.seat(exchange))
        .ifPresent(seat -> seat.lease().restore());
    fleet.view(backend).ifPresent(view -> view.handBack(exchange, now));
  }

  /** What the slot holds now; nobody knows when its prompt was broken off. */
  private void settle(Seat seat, Ended report, Instant now) {
    boolean computed = seat.hasSpoken() || report.outcome() == Outcome.COMPLETED;
    if (computed && seat.ticket().leavesPrompt()) {
      seat.lease().release(left(seat.ticket(), report.answer(), now));
    } else {
      seat.lease().abandon();
    }
  }

  private Resident left(Ticket ticket, Message.@Nullable Assistant answer, Instant now) {
    Chain request = ticket.chain();
    Chain chain = answer == null ? request : request.with(answer);
    boolean calls = answer != null && !answer.calls().isEmpty();
    Habit habit = lessons.ended(ticket, calls, now);
    return new Resident(
        ticket.model(),
        chain,
        request.end(),
        ticket.priority(),
        now,
        habit.chance(),
        habit.within());
  }

  private static Effect firstToken(FirstToken report, Seat seat, Instant now) {
    Duration expected = Duration.ofNanos(seat.estimate().firstToken());
    Duration actual = Duration.between(seat.since(), now);
    return new Effect.Note(new FirstTokenSeen(report.backend(), seat.model(), expected, actual));
  }

  private Optional<Seat> seat(SlotReport report) {
    return fleet.view(report.backend()).flatMap(view -> view.seat(report.exchange()));
  }

  private void release(SlotReport report, Instant now) {
    fleet.view(report.backend()).ifPresent(view -> view.release(report.exchange(), now));
  }
}
