package com.visiquate.ccproxy.routing.schedule;

import com.visiquate.ccproxy.routing.estimate.Forecast;
import com.visiquate.ccproxy.routing.request.OpenExchange;
import com.visiquate.ccproxy.routing.request.RoutingEffect;
import com.visiquate.ccproxy.routing.waiting.WaitingRoom;
import com.visiquate.ccproxy.routing.waiting.WaitingRooms;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tells waiting requests their new places; owns when it does so next. Places are only counted then,
 * and only for the front of each room, so that no event costs a walk through everything.
 */
final class QueuePlaces {
  private static final Duration GAP = Duration.ofSeconds(5);
  private static final int FRONT = 256;

  private final WaitingRooms rooms;
  private final Forecast forecast;
  private Instant due;

  QueuePlaces(WaitingRooms rooms, Forecast forecast, Instant now) {
    this.rooms = rooms;
    this.forecast = forecast;
    this.due = now.plus(GAP);
  }

  List<RoutingEffect> changes(Instant now) {
    if (now.isBefore(due)) {
      return List.of();
    }
    due = now.plus(GAP);
    List<RoutingEffect> changes = new ArrayList<>();
    rooms.occupied().forEach(room -> walk(room, changes, now));
    return changes;
  }

  Optional<Instant> due() {
    return rooms.waiting() > 0 ? Optional.of(due) : Optional.empty();
  }

  private void walk(WaitingRoom room, List<RoutingEffect> changes, Instant now) {
    int place = 0;
    long ahead = 0;
    for (OpenExchange exchange : room.inOrder().limit(FRONT).toList()) {
      place++;
      if (exchange.tell(place)) {
        Duration estimate = forecast.wait(room.model(), ahead, now);
        changes.add(new RoutingEffect.Still(exchange.submission(), place, estimate));
      }
      ahead += exchange.work();
    }
  }
}
