package com.visiquate.ccproxy.metrics;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.BudgetMessage.BudgetsFound;
import com.visiquate.ccproxy.bus.BudgetMessage.BudgetsInquiry;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.RecordsMessage.RecordsInquiry;
import com.visiquate.ccproxy.bus.RecordsMessage.RecordsStatus;
import com.visiquate.ccproxy.bus.RecordsNews.BudgetStands;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;

/**
 * Shows how the writing of records goes and how budgets stand; there is nothing without records.
 */
final class RecordsMeters {
  /** A scrape does not wait for a disk that is slow: then the last answers stand. */
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final MeterRegistry registry;
  private final Held<Held.Level> budgets;
  private final Held<Held.Level> warnings;
  private final Held<Held.Age> away;
  private final Held<Held.Level> spooled;
  private final Held<Held.Level> dropped;
  private final Held<Held.Level> lost;

  RecordsMeters(MeterRegistry registry) {
    this.registry = registry;
    budgets = Held.levels(MeterTable.BUDGET, registry);
    warnings = Held.levels(MeterTable.BUDGET_WARN, registry);
    away = Held.ages(MeterTable.RECORDS_AWAY, registry);
    spooled = Held.levels(MeterTable.SPOOLED, registry);
    dropped = Held.levels(MeterTable.RECORDS_DROPPED, registry);
    lost = Held.levels(MeterTable.RECORDS_LOST, registry);
  }

  /** Asks at the moment of a scrape, so that nothing is told while nobody looks. */
  Future<Void> ask(Bus bus) {
    Future<?> status =
        bus.ask(Address.RECORDS_STATUS, new RecordsInquiry(), PATIENCE).onSuccess(this::show);
    Future<?> standings =
        bus.ask(Address.BUDGETS_FIND, new BudgetsInquiry(), PATIENCE).onSuccess(this::show);
    return Future.join(status, standings).transform(told -> Future.succeededFuture());
  }

  private void show(RecordsStatus status) {
    spooled.of().set((double) status.journalBytes());
    dropped.of().set((double) status.droppedDetails());
    lost.of().set((double) status.lost());
    away.of().since(status.awaySince());
  }

  private void show(BudgetsFound found) {
    for (BudgetStands budget : found.budgets()) {
      budgets.of(budget.name()).set(budget.share());
      warnings.of(budget.name()).set(budget.warn());
    }
    List<String> names = found.budgets().stream().map(BudgetStands::name).toList();
    for (Held<Held.Level> row : List.of(budgets, warnings)) {
      row.retain(names).forEach(level -> registry.remove(level.meter()));
    }
  }
}
