package com.visiquate.ccproxy.routing.schedule;

import com.visiquate.ccproxy.routing.backends.FleetState;
import com.visiquate.ccproxy.routing.estimate.Forecast;
import com.visiquate.ccproxy.routing.request.RoutingEffect;
import com.visiquate.ccproxy.routing.waiting.WaitingRoom;
import com.visiquate.ccproxy.routing.waiting.WaitingRooms;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells what changed for those who wait, and when to look again; owns the next waking. */
final class WakeUps {
  private final WaitingRooms rooms;
  private final FleetState fleet;
  private final QueueDepths depths;
  private final QueuePlaces places;
  private @Nullable Instant armed;

  WakeUps(WaitingRooms rooms, FleetState fleet, Forecast forecast, Instant now) {
    this.rooms = rooms;
    this.fleet = fleet;
    this.depths = new QueueDepths(rooms, fleet, now);
    this.places = new QueuePlaces(rooms, forecast, now);
  }

  /**
   * Depths and places that changed, and a new waking when one is needed sooner.
   *
   * @param dispatcher when something else may start than now
   */
  List<RoutingEffect> ring(Optional<Instant> dispatcher, Instant now) {
    List<RoutingEffect> effects = new ArrayList<>(depths.changes(now));
    effects.addAll(places.changes(now));
    Instant next = sooner(next(now), dispatcher);
    if (next != null && (armed == null || next.isBefore(armed))) {
      armed = next;
      effects.add(new RoutingEffect.WakeAt(next));
    }
    return effects;
  }

  /** The waking has come, or the timer that stands for it is not trusted any more. */
  void rang() {
    armed = null;
  }

  private @Nullable Instant next(Instant now) {
    Instant next = sooner(sooner(null, rooms.nextExpiry()), depths.due());
    next = sooner(next, places.due());
    for (WaitingRoom room : rooms.occupied()) {
      next = sooner(next, fleet.nextChange(room.model(), now));
    }
    return next;
  }

  private static @Nullable Instant sooner(@Nullable Instant one, Optional<Instant> other) {
    return other.isPresent() && (one == null || other.get().isBefore(one)) ? other.get() : one;
  }
}
