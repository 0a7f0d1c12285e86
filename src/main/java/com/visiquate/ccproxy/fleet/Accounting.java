package com.visiquate.ccproxy.fleet;

import java.util.List;

/** What use costs, and how much of it is allowed. */
public record Accounting(PriceBook prices, List<Budget> budgets) {
  public static final Accounting NONE = new Accounting(PriceBook.EMPTY, List.of());

  public Accounting {
    budgets = List.copyOf(budgets);
  }

  /**
   * Whether some budget could refuse this client's requests.
   *
   * @param key the key's name; empty without one
   */
  public boolean binds(String key, ClientId client) {
    for (Budget budget : budgets) {
      if (budget.hard() && budget.covers(key, client)) {
        return true;
      }
    }
    return false;
  }
}
