package com.visiquate.ccproxy.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.visiquate.ccproxy.fleet.Accounting;
import com.visiquate.ccproxy.fleet.Budget;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.Price;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What use costs and how much of it is allowed, as configuration says it. */
final class AccountingTest {
  private static final ModelName MODEL = new ModelName("m");

  @Test
  void readsEveryPrice() {
    Accounting read =
        read(
            """
            prices:
              currency: EUR
              kwh: 0.30
              models: [{model: m, input: 2, cached: 0.5, output: 8, hour: 1, watts: 100, compare: c}]
              cloud: [{name: c, input: 3, output: 15}]
            """);
    Price price = read.prices().of(MODEL);

    assertThat(read.prices().currency()).isEqualTo("EUR");
    assertThat(price.tokens().of(1_000_000, 400_000, 100_000)).isCloseTo(2.2, within(1e-9));
    assertThat(price.ofMachine(1_800_000_000L)).isCloseTo(0.515, within(1e-9));
    assertThat(read.prices().cloudOf(MODEL)).isEqualTo(new Price.Tokens(3, 3, 15));
    assertThat(read.prices().of(new ModelName("other")).tokens()).isEqualTo(Price.Tokens.NOTHING);
  }

  @Test
  void readsEveryBudget() {
    Accounting read =
        read(
            """
            keys: [{name: k, key: env:K}]
            records: {file: r.db}
            budgets:
              - {key: k, money: 5, per: day, hard: true}
              - {client: planner, tokens: 2000000, per: week, warn: 50%}
              - {name: machine, all: true, machine: 2h, per: month}
            """);

    assertThat(read.budgets())
        .containsExactlyInAnyOrder(
            new Budget(
                "k money per day",
                new Budget.OfKey("k"),
                Budget.Unit.MONEY,
                5,
                Budget.Period.DAY,
                0.8,
                true),
            new Budget(
                "planner tokens per week",
                new Budget.OfClient("planner"),
                Budget.Unit.TOKENS,
                2e6,
                Budget.Period.WEEK,
                0.5,
                false),
            new Budget(
                "machine",
                new Budget.All(),
                Budget.Unit.MACHINE_SECONDS,
                7_200,
                Budget.Period.MONTH,
                0.8,
                false));
  }

  @Test
  void tellsWhatIsWrongAndWhere() {
    assertThat(problems("prices: {models: [{model: n}], currency: euro}"))
        .containsExactlyInAnyOrder(
            "c.yaml:3: prices.currency: euro (expected: a currency such as USD or EUR)",
            "c.yaml:3: prices.models[0].model: unknown model \"n\" (expected: m)");
    assertThat(problems("prices: {models: [{model: m, input: -1, compare: x}]}"))
        .containsExactlyInAnyOrder(
            "c.yaml:3: prices.models[0].input: -1 (expected: >= 0)",
            "c.yaml:3: prices.models[0].compare: unknown cloud price \"x\"");
    assertThat(problems("budgets: [{all: true, money: -5, per: day}]"))
        .containsExactlyInAnyOrder("c.yaml:3: budgets[0].money: -5 (expected: > 0)");
    assertThat(problems("budgets: [{all: true, client: c, money: 5, per: day}]"))
        .containsExactlyInAnyOrder(
            "c.yaml:3: budgets[0]: this budget (expected: one of key, client and all: true)");
    assertThat(problems("budgets: [{all: true, money: 5, tokens: 5, per: year, warn: 0.8}]"))
        .containsExactlyInAnyOrder(
            "c.yaml:3: budgets[0]: this budget (expected: one of money, tokens and machine)",
            "c.yaml:3: budgets[0].per: year (expected: day, week or month)",
            "c.yaml:3: budgets[0].warn: 0.8 (expected: a share such as 80%)");
    assertThat(problems("budgets: [{key: k, tokens: 5, per: day}]")).hasSize(1);
    assertThat(problems("budgets: [{all: true, per: day}]")).hasSize(1);
    assertThat(problems("budgets: [{all: true, tokens: 5, per: day}]"))
        .containsExactly(
            "c.yaml:3: budgets: budgets without records"
                + " (expected: records.file or records.url, from which they are read)");
  }

  @Test
  void readsWhereRecordsAreKept() {
    assertThat(Texts.valid(Texts.minimal()).records().isOn()).isFalse();
    assertThat(problems("records: {file: a, url: 'postgresql://u@h/d'}")).hasSize(1);
    assertThat(problems("records: {url: 'mysql://u:${NO}@h/d'}"))
        .singleElement()
        .asString()
        .contains("environment variable NO");
    assertThat(problems("records: {url: 'mysql://h/d'}"))
        .containsExactly(
            "c.yaml:3: records.url: mysql://h/d (expected: an address such as"
                + " postgresql://user:${PASSWORD}@host:5432/database)");
    assertThat(problems("records: {keep-days: -1, spool-size: 1B}")).hasSize(2);
  }

  private static Accounting read(String more) {
    Loaded loaded = Texts.parse(Texts.minimal() + more, Map.of("K", "secret"));
    if (loaded instanceof Loaded.Valid valid) {
      return valid.settings().plan().accounting();
    }
    throw new AssertionError(loaded);
  }

  private static Iterable<String> problems(String more) {
    return Texts.problems(Texts.minimal() + more + "\n");
  }
}
