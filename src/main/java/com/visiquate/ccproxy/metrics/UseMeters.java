package com.visiquate.ccproxy.metrics;

import com.visiquate.ccproxy.bus.Fact.Used;
import com.visiquate.ccproxy.bus.RequestRecord.SlotUse;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts what requests use, as the records tell it. */
final class UseMeters {
  private static final String NONE = "none";
  private static final double MICROS = 1e6;
  private final Held<Counter> machine;
  private final Held<Counter> cost;
  private final Held<Counter> saved;

  UseMeters(MeterRegistry registry) {
    machine = Held.counters(MeterTable.MACHINE, registry);
    cost = Held.counters(MeterTable.COST, registry);
    saved = Held.counters(MeterTable.SAVED, registry);
  }

  void count(Used used) {
    String model = used.model() == null ? NONE : used.model().value();
    for (SlotUse slot : used.slots().uses()) {
      machine.of(model, slot.backend()).increment(slot.micros() / MICROS);
    }
    add(cost.of(model), used.cost());
    add(saved.of(model), used.saved());
  }

  /** What Prometheus counts never becomes less, though prices may. */
  private static void add(Counter counter, double money) {
    counter.increment(Math.max(0, money));
  }
}
