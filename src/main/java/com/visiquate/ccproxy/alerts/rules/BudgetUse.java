package com.visiquate.ccproxy.alerts.rules;

import com.visiquate.ccproxy.bus.BusMessage;
import com.visiquate.ccproxy.bus.RecordsNews.BudgetStands;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Budgets that are used up, or will soon be. */
final class BudgetUse implements Rule {
  private final Map<String, BudgetStands> budgets = new TreeMap<>();

  @Override
  public void hear(BusMessage message, Instant now) {
    if (message instanceof BudgetStands stands) {
      budgets.put(stands.name(), stands);
    }
  }

  /** With the next period all is forgotten. */
  @Override
  public List<Finding> look(Instant now) {
    budgets.values().removeIf(budget -> !now.isBefore(budget.resets()));
    return budgets.values().stream()
        .filter(budget -> budget.share() >= Math.min(1, budget.warn()))
        .map(BudgetUse::finding)
        .toList();
  }

  private static Finding finding(BudgetStands budget) {
    String text =
        ("The budget \"%s\" is used to %s: %s. It begins anew at %s; /ccproxy/usage tells who"
                + " used it, and `budgets` is where it is raised.")
            .formatted(budget.name(), Text.percent(budget.share()), budget.text(), budget.resets());
    return budget.share() >= 1
        ? Finding.critical(budget.name(), text)
        : Finding.warning(budget.name(), text);
  }
}
