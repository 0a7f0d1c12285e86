package com.visiquate.ccproxy.records.budget;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.Budget;
import com.visiquate.ccproxy.fleet.ClientId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** How much of each budget is used, and when the next request may not begin. */
final class BudgetBookTest {
  private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z"); // a Wednesday
  private static final ClientId ME = new ClientId("me");
  private static final Budget DAY = budget("d", new Budget.All(), Budget.Period.DAY, true);

  @Test
  void refusesOnceItIsUsedUpAndSaysWhenItBeginsAnew() {
    BudgetBook book = new BudgetBook(List.of(DAY), "EUR");
    book.spent("", ME, money(9.99), NOON);
    assertThat(book.objection("", ME, NOON)).isEmpty();
    book.spent("", ME, money(0.01), NOON);

    assertThat(book.objection("", ME, NOON))
        .hasValueSatisfying(
            failure -> {
              assertThat(failure.kind()).isEqualTo(Failure.Kind.BUDGET_SPENT);
              assertThat(failure.message())
                  .isEqualTo(
                      "You have used up the budget \"d\" (10.00 EUR per day);"
                          + " it begins anew at 2026-11-26T00:00:00Z.");
              assertThat(failure.retryAfter()).isEqualTo(Duration.ofHours(12));
            });
    assertThat(book.objection("", ME, NOON.plus(Duration.ofHours(12)))).isEmpty();
  }

  @Test
  void beginsAnewByTheCalendar() {
    assertThat(Budget.Period.DAY.end(NOON)).isEqualTo("2026-11-26T00:00:00Z");
    assertThat(Budget.Period.WEEK.begin(NOON)).isEqualTo("2026-11-23T00:00:00Z");
    assertThat(Budget.Period.WEEK.end(NOON)).isEqualTo("2026-11-30T00:00:00Z");
    assertThat(Budget.Period.MONTH.begin(NOON)).isEqualTo("2026-11-01T00:00:00Z");
    assertThat(Budget.Period.MONTH.end(NOON)).isEqualTo("2026-12-01T00:00:00Z");
  }

  @Test
  void countsOnlyWhomItIsAbout() {
    Budget key = budget("k", new Budget.OfKey("team"), Budget.Period.DAY, true);
    Budget client = budget("c", new Budget.OfClient("planner"), Budget.Period.DAY, true);
    BudgetBook book = new BudgetBook(List.of(key, client), "USD");
    ClientId planner = new ClientId("team/planner");
    book.spent("other", new ClientId("other/planner"), money(10), NOON);

    assertThat(book.objection("team", planner, NOON))
        .hasValueSatisfying(failure -> assertThat(failure.message()).contains("\"c\""));
    assertThat(book.objection("team", new ClientId("team/x"), NOON)).isEmpty();
    book.spent("team", new ClientId("team/x~1a2b"), money(10), NOON);
    assertThat(book.objection("team", new ClientId("team/y"), NOON)).isPresent();
    assertThat(book.objection("", new ClientId("planner~77"), NOON)).isPresent();
  }

  @Test
  void warnsOnlyWhereItIsNotHard() {
    BudgetBook book =
        new BudgetBook(List.of(budget("s", new Budget.All(), Budget.Period.DAY, false)), "USD");
    book.spent("", ME, money(25), NOON);

    assertThat(book.objection("", ME, NOON)).isEmpty();
    assertThat(book.standings(NOON).getFirst().share()).isEqualTo(2.5);
    assertThat(book.standings(NOON).getFirst().text("USD")).isEqualTo("25.00 of 10.00 USD per day");
  }

  @Test
  void keepsWhatItHasCountedWhenAnAmountChanges() {
    BudgetBook book = new BudgetBook(List.of(DAY), "USD");
    book.read(DAY, 4, NOON);
    book.spent("", ME, money(3), NOON);
    Budget less = new Budget("d", DAY.scope(), DAY.unit(), 7, DAY.period(), 0.8, true);
    BudgetBook next = book.follow(List.of(less), "USD");

    assertThat(next.objection("", ME, NOON)).isPresent();
    assertThat(next.unread()).isEmpty();
    Budget other = new Budget("d", DAY.scope(), Budget.Unit.TOKENS, 7, DAY.period(), 0.8, true);
    assertThat(next.follow(List.of(other), "USD").unread()).containsExactly(other);
  }

  /** Whatever order: the sum of a period is what was spent in it. */
  @Test
  void neverLosesOrInventsAnything() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    Budget tokens =
        new Budget("t", new Budget.All(), Budget.Unit.TOKENS, 1e9, Budget.Period.DAY, 0.8, true);
    BudgetBook book = new BudgetBook(List.of(tokens), "USD");
    Instant at = NOON;
    double today = 0;
    for (int i = 0; i < 2_000; i++) {
      Instant next = at.plusSeconds(random.nextInt(600));
      today = tokens.period().begin(next).equals(tokens.period().begin(at)) ? today : 0;
      at = next;
      double amount = random.nextInt(1_000);
      if (random.nextInt(50) == 0) {
        book.spent("", ME, new Spending(0, amount, 0), at.minus(Duration.ofDays(2)));
      } else {
        book.spent("", ME, new Spending(0, amount, 0), at);
        today += amount;
      }
      assertThat(book.standings(at).getFirst().used()).as("seed %d", seed).isEqualTo(today);
    }
  }

  private static Budget budget(
      String name, Budget.Scope scope, Budget.Period period, boolean hard) {
    return new Budget(name, scope, Budget.Unit.MONEY, 10, period, 0.8, hard);
  }

  private static Spending money(double amount) {
    return new Spending(amount, 0, 0);
  }
}
