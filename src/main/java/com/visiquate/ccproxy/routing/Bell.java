package com.visiquate.ccproxy.routing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells what changed for those who wait, and when to look again; owns the next waking. */
final class Bell {
  private final Rooms rooms;
  private final Fleet fleet;
  private final Depths depths;
  private final Places places;
  private @Nullable Instant armed;

  Bell(Rooms rooms, Fleet fleet, Forecast forecast, Instant now) {
    this.rooms = rooms;
    this.fleet = fleet;
    this.depths = new Depths(rooms, fleet, now);
    this.places = new Places(rooms, forecast, now);
  }

  /**
   * Depths and places that changed, and a new waking when one is needed sooner.
   *
   * @param dispatcher when something else may start than now
   */
  List<Effect> ring(Optional<Instant> dispatcher, Instant now) {
    List<Effect> effects = new ArrayList<>(depths.changes(now));
    effects.addAll(places.changes(now));
    Stream.concat(next(now).stream(), dispatcher.stream())
        .min(Instant::compareTo)
        .filter(this::isSooner)
        .ifPresent(at -> arm(at, effects));
    return effects;
  }

  /** The waking has come, or the timer that stands for it is not trusted any more. */
  void rang() {
    armed = null;
  }

  private void arm(Instant at, List<Effect> effects) {
    armed = at;
    effects.add(new Effect.WakeAt(at));
  }

  private boolean isSooner(Instant at) {
    return armed == null || at.isBefore(armed);
  }

  private Optional<Instant> next(Instant now) {
    Stream<Instant> changes =
        rooms.occupied().stream().flatMap(room -> fleet.nextChange(room.model(), now).stream());
    Stream<Optional<Instant>> others = Stream.of(rooms.nextExpiry(), depths.due(), places.due());
    return Stream.concat(changes, others.flatMap(Optional::stream)).min(Instant::compareTo);
  }
}
