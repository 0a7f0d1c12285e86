package com.visiquate.ccproxy.metrics;

import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.Label;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/** Shows what backends say of themselves. */
final class FleetMeters {
  private final MeterRegistry registry;
  private final Held<Held.Level> slots;
  private final Held<Held.Level> running;
  private final Held<Held.Level> ghosts;
  private final Held<Held.Level> expected;
  private final Held<Held.Level> loaded;
  private final Held<Held.Level> state;

  FleetMeters(MeterRegistry registry) {
    this.registry = registry;
    slots = Held.levels(MeterTable.SLOTS, registry);
    running = Held.levels(MeterTable.RUNNING, registry);
    ghosts = Held.levels(MeterTable.GHOSTS, registry);
    expected = Held.levels(MeterTable.EXPECTED, registry);
    loaded = Held.levels(MeterTable.LOADED, registry);
    state = Held.levels(MeterTable.STATE, registry);
  }

  void show(BackendStatus status) {
    String id = status.id().value();
    slots.of(id).set(status.slots());
    running.of(id).set(status.running());
    ghosts.of(id).set(status.ghosts());
    expected.of(id).set(status.waiting());
    loaded.of(id).set(status.loaded().size());
    for (Health health : Health.values()) {
      String name = Label.of(health);
      state.of(id, name).set(health == status.health() ? 1 : 0);
    }
  }

  /** Backends that the plan does not know any more are not shown any more. */
  void replanned(FleetPlan plan) {
    List<String> ids = plan.backends().stream().map(backend -> backend.id().value()).toList();
    for (Held<Held.Level> row : List.of(slots, running, ghosts, expected, loaded, state)) {
      row.retain(ids).forEach(level -> registry.remove(level.meter()));
    }
  }
}
