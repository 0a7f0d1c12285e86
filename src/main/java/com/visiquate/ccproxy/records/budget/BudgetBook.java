package com.visiquate.ccproxy.records.budget;

import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.Budget;
import com.visiquate.ccproxy.fleet.ClientId;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How much of each budget is used in its period. Owns the sums; whoever restarts gives them back
 * from the records.
 */
public final class BudgetBook {
  private final String currency;
  private final Map<String, Account> accounts = new LinkedHashMap<>();

  /**
   * Empty accounts of all budgets.
   *
   * @param currency of money, for messages
   */
  public BudgetBook(List<Budget> budgets, String currency) {
    this.currency = currency;
    budgets.forEach(budget -> accounts.put(budget.name(), new Account(budget)));
  }

  /** The same budgets under new rules: what is unchanged keeps what it has counted. */
  public BudgetBook follow(List<Budget> budgets, String newCurrency) {
    BudgetBook next = new BudgetBook(budgets, newCurrency);
    next.accounts.replaceAll((name, fresh) -> fresh.continuing(accounts.get(name)));
    return next;
  }

  /** Those of which nothing is known yet: their sums must be read. */
  public List<Budget> unread() {
    return accounts.values().stream()
        .filter(account -> !account.isRead())
        .map(Account::budget)
        .toList();
  }

  /** What the records say was used since the period began, up to the moment they were read. */
  public void read(Budget budget, double used, Instant now) {
    Account account = accounts.get(budget.name());
    if (account != null && account.budget().equals(budget)) {
      account.read(used, now);
    }
  }

  /** What the records of all gateways say now; of what is said twice the larger counts. */
  public void readAgain(Budget budget, double used, Instant now) {
    Account account = accounts.get(budget.name());
    if (account != null && account.budget().equals(budget) && account.isRead()) {
      account.atLeast(used, now);
    }
  }

  /** A request has cost this. */
  public void spent(String key, ClientId client, Spending spending, Instant at) {
    for (Account account : accounts.values()) {
      if (account.budget().covers(key, client)) {
        account.spent(spending, at);
      }
    }
  }

  /** Why one more request may not begin; empty when it may. */
  public Optional<Failure> objection(String key, ClientId client, Instant now) {
    return accounts.values().stream()
        .filter(account -> account.budget().hard() && account.budget().covers(key, client))
        .filter(account -> account.share(now) >= 1)
        .findFirst()
        .map(account -> refusal(account, now));
  }

  /** How it stands with every budget. */
  public List<Standing> standings(Instant now) {
    return accounts.values().stream().map(account -> account.standing(now)).toList();
  }

  private Failure refusal(Account account, Instant now) {
    Instant resets = account.budget().period().end(now);
    String message =
        "You have used up the budget \"%s\" (%s per %s); it begins anew at %s."
            .formatted(
                account.budget().name(),
                Amounts.text(account.budget(), account.budget().amount(), currency),
                Amounts.word(account.budget().period()),
                resets);
    return Failure.of(Failure.Kind.BUDGET_SPENT, message)
        .retryingAfter(Duration.between(now, resets));
  }

  /**
   * How it stands with a budget.
   *
   * @param used in its unit, since {@code from}
   * @param until when it begins anew
   */
  public record Standing(Budget budget, double used, Instant from, Instant until) {
    /** How much of it is used; 1 is all. */
    public double share() {
      return used / budget.amount();
    }

    /** In words: {@code 4.20 of 5.00 USD per day}. */
    public String text(String currency) {
      return "%s of %s per %s"
          .formatted(
              Amounts.number(budget, used),
              Amounts.text(budget, budget.amount(), currency),
              Amounts.word(budget.period()));
    }
  }
}
