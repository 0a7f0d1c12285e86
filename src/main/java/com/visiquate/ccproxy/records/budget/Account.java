package com.visiquate.ccproxy.records.budget;

import com.visiquate.ccproxy.fleet.Budget;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What has been used of one budget in its current period. */
final class Account {
  private final Budget budget;
  private Instant begin = Instant.MIN;
  private double used;
  private boolean read;

  Account(Budget budget) {
    this.budget = budget;
  }

  Budget budget() {
    return budget;
  }

  boolean isRead() {
    return read;
  }

  /** What was counted before the records were read is among them, or comes on top. */
  void read(double amount, Instant now) {
    turn(now);
    used += amount;
    read = true;
  }

  void atLeast(double amount, Instant now) {
    turn(now);
    used = Math.max(used, amount);
  }

  void spent(Spending spending, Instant at) {
    Instant period = budget.period().begin(at);
    if (period.isBefore(begin)) {
      // It ended in an earlier period, whose account is closed.
      return;
    }
    turn(at);
    used += spending.in(budget.unit());
  }

  double share(Instant now) {
    turn(now);
    return used / budget.amount();
  }

  BudgetBook.Standing standing(Instant now) {
    turn(now);
    return new BudgetBook.Standing(budget, used, begin, budget.period().end(now));
  }

  /** With what an account of the same kind has counted; a changed amount is no new beginning. */
  Account continuing(@Nullable Account before) {
    boolean same =
        before != null
            && before.budget.scope().equals(budget.scope())
            && before.budget.unit() == budget.unit()
            && before.budget.period() == budget.period();
    if (same && before != null) {
      begin = before.begin;
      used = before.used;
      read = before.read;
    }
    return this;
  }

  private void turn(Instant now) {
    Instant period = budget.period().begin(now);
    if (period.isAfter(begin)) {
      begin = period;
      used = 0;
    }
  }
}
