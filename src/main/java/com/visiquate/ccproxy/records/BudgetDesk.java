package com.visiquate.ccproxy.records;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.BudgetMessage.BudgetAnswer;
import com.visiquate.ccproxy.bus.BudgetMessage.BudgetsFound;
import com.visiquate.ccproxy.bus.BudgetMessage.MayBegin;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.RecordsMessage.UsageQuery;
import com.visiquate.ccproxy.bus.RecordsMessage.UsageRow;
import com.visiquate.ccproxy.bus.RecordsMessage.UsageRows;
import com.visiquate.ccproxy.bus.RecordsNews.BudgetStands;
import com.visiquate.ccproxy.bus.RequestRecord;
import com.visiquate.ccproxy.bus.Usage;
import com.visiquate.ccproxy.fleet.Accounting;
import com.visiquate.ccproxy.fleet.Budget;
import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.records.account.Entry;
import com.visiquate.ccproxy.records.budget.BudgetBook;
import com.visiquate.ccproxy.records.budget.BudgetBook.Standing;
import com.visiquate.ccproxy.records.budget.PlanPricing;
import com.visiquate.ccproxy.records.budget.Spending;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Says what every record adds, counts it against the budgets and says how they stand. What was used
 * before the start is read from the records, as soon as they can be asked.
 */
final class BudgetDesk {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final double MICROS = 1e6;
  private static final int MOST_ROWS = 100_000;

  private final Bus bus;
  private final InstantSource clock;
  private final Instant started;
  private final PlanPricing pricing;
  private final Map<String, Integer> told = new HashMap<>();
  private final Promise<Void> read = Promise.promise();
  private BudgetBook book;
  private List<Budget> budgets;

  BudgetDesk(Bus bus, InstantSource clock, Accounting accounting, PlanPricing pricing) {
    this.bus = bus;
    this.clock = clock;
    this.started = clock.instant();
    this.pricing = pricing;
    this.budgets = accounting.budgets();
    this.book = new BudgetBook(budgets, pricing.currency());
  }

  void follow(Accounting accounting) {
    pricing.follow(accounting.prices());
    budgets = accounting.budgets();
    book = book.follow(budgets, pricing.currency());
    told.keySet().retainAll(budgets.stream().map(Budget::name).toList());
    readWhatIsUnread();
  }

  /** Whoever asks before the records have been read waits for that, though not for long. */
  Future<BudgetAnswer> mayBegin(MayBegin wish) {
    Future<Void> known = book.unread().isEmpty() ? Future.succeededFuture() : read.future();
    return known.map(
        read ->
            new BudgetAnswer(
                book.objection(wish.key(), wish.client(), clock.instant()).orElse(null)));
  }

  /** Nobody waits for the records any longer: their database may be away for hours. */
  void waitNoLonger() {
    read.tryComplete();
  }

  /** A record has been made, or revised. */
  void count(Entry entry) {
    if (bus.isHeard(Address.METRICS_FACT)) {
      entry.used().ifPresent(used -> bus.publish(Address.METRICS_FACT, used));
    }
    if (budgets.isEmpty()) {
      return;
    }
    RequestRecord now = entry.now();
    RequestRecord before = entry.before();
    String key = now.asked().key();
    book.spent(
        key == null ? "" : key,
        new ClientId(now.asked().client()),
        spending(now, before),
        clock.instant());
    tell();
  }

  private static Spending spending(RequestRecord now, @Nullable RequestRecord before) {
    double money = now.price().cost();
    double tokens = (double) now.tokens().prompt() + now.tokens().output();
    double machine = now.slots().micros() / MICROS;
    return before == null
        ? new Spending(money, tokens, machine)
        : new Spending(
            money - before.price().cost(),
            tokens - before.tokens().prompt() - before.tokens().output(),
            machine - before.slots().micros() / MICROS);
  }

  /** Says how a budget stands when it has passed a bound, or has begun anew. */
  void tell() {
    for (Standing standing : book.standings(clock.instant())) {
      Budget budget = standing.budget();
      int level = standing.share() >= 1 ? 2 : standing.share() >= budget.warn() ? 1 : 0;
      Integer last = told.put(budget.name(), level);
      if (level != (last == null ? 0 : last)) {
        bus.publish(Address.RECORDS_NEWS, stands(standing));
      }
    }
  }

  BudgetsFound find() {
    return new BudgetsFound(book.standings(clock.instant()).stream().map(this::stands).toList());
  }

  private BudgetStands stands(Standing standing) {
    Budget budget = standing.budget();
    return new BudgetStands(
        budget.name(),
        standing.share(),
        budget.warn(),
        standing.text(pricing.currency()),
        standing.until());
  }

  /** What was used before the start, in this period. */
  void readWhatIsUnread() {
    for (Budget budget : book.unread()) {
      // Everything since then has been counted here.
      ask(budget, started, (read, used) -> book.read(read, used, clock.instant()));
    }
  }

  /** What other gateways have used, where they share a database. */
  void readAgain() {
    for (Budget budget : budgets) {
      ask(budget, clock.instant(), (read, used) -> book.readAgain(read, used, clock.instant()));
    }
  }

  private void ask(Budget budget, Instant until, BiConsumer<Budget, Double> then) {
    Instant from = budget.period().begin(clock.instant());
    if (!from.isBefore(until)) {
      then.accept(budget, 0.0);
      checkRead();
      return;
    }
    UsageQuery query =
        new UsageQuery(
            from.toString(), until.toString(), column(budget), Map.of(), null, MOST_ROWS);
    bus.ask(Address.RECORDS_USAGE, query, PATIENCE)
        .onSuccess(
            reply -> {
              if (reply instanceof UsageRows rows) {
                then.accept(budget, used(budget, rows));
                tell();
                checkRead();
              }
            });
  }

  private void checkRead() {
    if (book.unread().isEmpty()) {
      read.tryComplete();
    }
  }

  private static String column(Budget budget) {
    return switch (budget.scope()) {
      case Budget.All() -> "all";
      case Budget.OfKey ofKey -> "key";
      case Budget.OfClient ofClient -> "client";
    };
  }

  private static double used(Budget budget, UsageRows rows) {
    return rows.rows().stream()
        .filter(row -> isOf(budget, row))
        .mapToDouble(row -> amount(budget.unit(), row.usage()))
        .sum();
  }

  private static boolean isOf(Budget budget, UsageRow row) {
    return switch (budget.scope()) {
      case Budget.All() -> true;
      case Budget.OfKey(var name) -> row.value().equals(name);
      case Budget.OfClient(var name) ->
          row.value().equals(name) || row.value().endsWith("/" + name);
    };
  }

  private static double amount(Budget.Unit unit, Usage usage) {
    return switch (unit) {
      case MONEY -> usage.cost();
      case TOKENS -> (double) usage.promptTokens() + usage.outputTokens();
      case MACHINE_SECONDS -> usage.machineMicros() / MICROS;
    };
  }
}
