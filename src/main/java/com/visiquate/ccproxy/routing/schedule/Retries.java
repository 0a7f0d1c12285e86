package com.visiquate.ccproxy.routing.schedule;

import static java.util.Objects.requireNonNullElse;

import com.visiquate.ccproxy.bus.BusMessage.Lost;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.routing.backends.FleetState;
import com.visiquate.ccproxy.routing.request.Chronicle;
import com.visiquate.ccproxy.routing.request.OpenExchange;
import com.visiquate.ccproxy.routing.request.Refusals;
import com.visiquate.ccproxy.routing.request.RoutingEffect;
import com.visiquate.ccproxy.routing.request.TurnedAway;
import com.visiquate.ccproxy.routing.waiting.OpenExchanges;
import com.visiquate.ccproxy.routing.waiting.WaitingRooms;
import java.time.Instant;
import java.util.List;

/** What becomes of those that a backend gives back without an answer. */
final class Retries {
  private final WaitingRooms rooms;
  private final OpenExchanges exchanges;
  private final FleetState fleet;
  private final QueueLimits limits;
  private final Reappraisal reappraisal;
  private final FallbackControl fallbacks;
  private final Chronicle chronicle;

  Retries(
      WaitingRooms rooms,
      OpenExchanges exchanges,
      FleetState fleet,
      QueueLimits limits,
      Reappraisal reappraisal,
      FallbackControl fallbacks,
      Chronicle chronicle) {
    this.rooms = rooms;
    this.exchanges = exchanges;
    this.fleet = fleet;
    this.limits = limits;
    this.reappraisal = reappraisal;
    this.fallbacks = fallbacks;
    this.chronicle = chronicle;
  }

  /** A backend failed it: another one is tried, as long as there is one. */
  List<RoutingEffect> lost(OpenExchange open, Lost report, Instant now) {
    boolean over = !report.elsewhere() || limits.isClosed() || fleet.isHopeless(open, now);
    if (over && !open.isLeaving()) {
      Failure failure = requireNonNullElse(open.tries().last(), report.failure());
      return fallbacks.failed(new TurnedAway(open, failure, Refusals.outcome(failure)), now);
    }
    waitsAgain(open, now);
    return List.of();
  }

  /** Back into its room, unless there is nobody any more who waits for the answer. */
  void waitsAgain(OpenExchange open, Instant now) {
    if (open.isLeaving()) {
      exchanges.close(open);
    } else {
      reappraisal.came(open);
      rooms.add(open);
      chronicle.queued(open, now);
    }
  }
}
