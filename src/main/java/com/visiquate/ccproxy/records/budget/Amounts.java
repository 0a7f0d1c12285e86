package com.visiquate.ccproxy.records.budget;

import com.visiquate.ccproxy.fleet.Budget;
import java.util.Locale;

/** Amounts of budgets in words. */
final class Amounts {
  private Amounts() {}

  /** With its unit: {@code 5.00 USD}, {@code 2000000 tokens}, {@code 3600 machine seconds}. */
  static String text(Budget budget, double amount, String currency) {
    String unit =
        switch (budget.unit()) {
          case MONEY -> currency;
          case TOKENS -> "tokens";
          case MACHINE_SECONDS -> "machine seconds";
        };
    return number(budget, amount) + " " + unit;
  }

  static String number(Budget budget, double amount) {
    String format = budget.unit() == Budget.Unit.MONEY ? "%.2f" : "%.0f";
    return String.format(Locale.ROOT, format, amount);
  }

  static String word(Budget.Period period) {
    return period.name().toLowerCase(Locale.ROOT);
  }
}
