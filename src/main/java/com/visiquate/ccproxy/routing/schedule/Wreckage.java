package com.visiquate.ccproxy.routing.schedule;

import com.visiquate.ccproxy.bus.AboutExchange;
import com.visiquate.ccproxy.bus.BusMessage;
import com.visiquate.ccproxy.bus.BusMessage.Ended;
import com.visiquate.ccproxy.bus.BusMessage.FirstToken;
import com.visiquate.ccproxy.bus.BusMessage.GhostGone;
import com.visiquate.ccproxy.bus.BusMessage.Lost;
import com.visiquate.ccproxy.bus.BusMessage.NoRoom;
import com.visiquate.ccproxy.bus.BusMessage.SlotReport;
import com.visiquate.ccproxy.bus.BusMessage.Started;
import com.visiquate.ccproxy.bus.BusMessage.Why;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.fleet.Placement;
import com.visiquate.ccproxy.routing.backends.BackendView;
import com.visiquate.ccproxy.routing.backends.FleetState;
import com.visiquate.ccproxy.routing.backends.TakenSlot;
import com.visiquate.ccproxy.routing.request.OpenExchange;
import com.visiquate.ccproxy.routing.request.RoutingEffect;
import com.visiquate.ccproxy.routing.waiting.OpenExchanges;
import com.visiquate.ccproxy.routing.waiting.WaitingRooms;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a bug leaves half done: the exchange of its message ends, and those that were given a slot
 * in the same step, of which no backend has heard, wait on.
 */
final class Wreckage {
  private final OpenExchanges exchanges;
  private final WaitingRooms rooms;
  private final FleetState fleet;

  Wreckage(OpenExchanges exchanges, WaitingRooms rooms, FleetState fleet) {
    this.exchanges = exchanges;
    this.rooms = rooms;
    this.fleet = fleet;
  }

  /**
   * Clears away what is left of the step that this message began.
   *
   * @param ordered whether the order to run it is on its way to a backend
   */
  List<RoutingEffect> clear(BusMessage message, Predicate<ExchangeId> ordered, Instant now) {
    List<RoutingEffect> effects = new ArrayList<>();
    if (message instanceof SlotReport report) {
      settle(report);
    }
    if (message instanceof AboutExchange about) {
      exchanges
          .find(about.exchange())
          .ifPresent(open -> effects.addAll(end(open, message, ordered)));
    }
    exchanges.all().stream()
        .filter(open -> isStranded(open, ordered))
        .forEach(open -> wait(open, now));
    return effects;
  }

  /** What the backend has said of the slot holds, however far it was understood. */
  private void settle(SlotReport report) {
    switch (report) {
      case Ended ended when ended.ghost() ->
          fleet.view(report.backend()).flatMap(view -> view.takenBy(report.exchange())).stream()
              .filter(taken -> !taken.isGhost())
              .forEach(taken -> taken.becomeGhost(true));
      case Ended ended -> free(report.backend(), report.exchange());
      case NoRoom full -> free(report.backend(), report.exchange());
      case Lost lost -> free(report.backend(), report.exchange());
      case GhostGone gone -> free(report.backend(), report.exchange());
      case Started started -> acknowledge(report);
      case FirstToken first -> acknowledge(report);
    }
  }

  private void acknowledge(SlotReport report) {
    exchanges.placed(report).ifPresent(OpenExchange::acknowledge);
  }

  private List<RoutingEffect> end(
      OpenExchange open, BusMessage message, Predicate<ExchangeId> ordered) {
    List<RoutingEffect> effects = new ArrayList<>();
    // Whose answer has ended, knows it; and who has left, does not listen.
    if (!(message instanceof Ended) && !open.isLeaving()) {
      effects.add(
          new RoutingEffect.Fail(
              open.submission(), open.placement(), Failure.bug(), Outcome.BACKEND_ERROR));
    }
    Placement at = open.placement();
    if (at == null || !runs(open, at, ordered)) {
      exchanges.close(open);
    } else {
      // Its slot is taken until the backend says that it has ended.
      open.leave();
      effects.add(new RoutingEffect.Stop(open.id(), at.backend(), Why.CLIENT_GONE));
    }
    if (at != null && isUnheardOf(open, at, ordered)) {
      free(at.backend(), open.id());
    }
    return effects;
  }

  /** Whether a backend will say how it ends. */
  private boolean runs(OpenExchange open, Placement at, Predicate<ExchangeId> ordered) {
    boolean hasSlot = fleet.view(at.backend()).flatMap(view -> view.takenBy(open.id())).isPresent();
    return hasSlot && !rooms.isWaiting(open) && !isUnheardOf(open, at, ordered);
  }

  private static boolean isUnheardOf(
      OpenExchange open, Placement at, Predicate<ExchangeId> ordered) {
    return open.isUnanswered(at.backend()) && !ordered.test(open.id());
  }

  /** Whether it was given a slot, and nobody was told. */
  private boolean isStranded(OpenExchange open, Predicate<ExchangeId> ordered) {
    Placement at = open.placement();
    return at != null && !rooms.isWaiting(open) && isUnheardOf(open, at, ordered);
  }

  private void wait(OpenExchange open, Instant now) {
    Placement at = open.placement();
    if (at != null) {
      free(at.backend(), open.id());
    }
    if (open.isLeaving()) {
      exchanges.close(open);
    } else {
      open.handedBack(now);
      rooms.add(open);
    }
  }

  /** Nobody knows any more what the slot holds. */
  private void free(BackendId backend, ExchangeId exchange) {
    fleet.view(backend).ifPresent(view -> free(view, exchange));
  }

  private static void free(BackendView view, ExchangeId exchange) {
    view.takenBy(exchange)
        .map(TakenSlot::lease)
        .ifPresent(
            lease -> {
              view.release(exchange);
              lease.abandon();
            });
  }
}
