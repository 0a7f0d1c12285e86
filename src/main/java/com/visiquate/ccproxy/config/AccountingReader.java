package com.visiquate.ccproxy.config;

import com.visiquate.ccproxy.fleet.Accounting;
import com.visiquate.ccproxy.fleet.Budget;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.Price;
import com.visiquate.ccproxy.fleet.PriceBook;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The keys of {@code prices} and {@code budgets}. */
final class AccountingReader {
  private static final Kind<Double> AMOUNT = Kind.decimal(value -> value >= 0, ">= 0");
  private static final Kind<Double> POSITIVE = Kind.decimal(value -> value > 0, "> 0");
  static final Kind<Double> SHARE =
      new Kind<>("a share such as 80%", AccountingReader::share, AccountingReader::percent);
  private static final double MOST_PERCENT = 100;
  private static final double USUAL_WARNING = 0.8;
  private static final double WATTS = 1_000;

  private AccountingReader() {}

  static Accounting read(Section root, Names models, Names keys) {
    PriceBook prices = prices(root.section("prices"), models);
    Names names = new Names();
    List<Budget> budgets =
        root.list("budgets").stream()
            .flatMap(item -> item.section().stream())
            .flatMap(section -> budget(section, names, keys).stream())
            .toList();
    return new Accounting(prices, budgets);
  }

  private static PriceBook prices(Section section, Names models) {
    Kind<String> currency =
        Kind.TEXT.when(text -> text.matches("[A-Z]{3}"), "a currency such as USD or EUR");
    String code = section.value("currency", currency, PriceBook.EMPTY.currency());
    double kwh = section.value("kwh", AMOUNT, 0.0);
    Map<String, Price.Tokens> cloud = new HashMap<>();
    Names clouds = new Names();
    sections(section, "cloud").forEach(one -> readCloud(one, clouds, cloud));
    Map<ModelName, Price> prices = new HashMap<>();
    Names priced = new Names();
    sections(section, "models")
        .forEach(
            one ->
                model(one, models, priced)
                    .ifPresent(name -> prices.put(name, price(one, kwh, clouds))));
    section.end();
    return new PriceBook(code, prices, cloud);
  }

  private static List<Section> sections(Section section, String key) {
    return section.list(key).stream().flatMap(item -> item.section().stream()).toList();
  }

  private static void readCloud(Section section, Names names, Map<String, Price.Tokens> cloud) {
    Optional<String> name = section.required("name", Kind.text("a name"));
    Price.Tokens tokens = tokens(section);
    section.end();
    name.ifPresent(
        known -> {
          names.define(known, section, "name");
          cloud.put(known, tokens);
        });
  }

  private static Optional<ModelName> model(Section section, Names models, Names priced) {
    Optional<String> name = section.required("model", Kind.TEXT);
    Item at = section.entry("model").orElse(null);
    if (name.isEmpty() || at == null || !models.expect(name.get(), "model", at)) {
      return Optional.empty();
    }
    priced.define(name.get(), section, "model");
    return name.map(ModelName::new);
  }

  private static Price.Tokens tokens(Section section) {
    double input = section.value("input", AMOUNT, 0.0);
    double cached = section.optional("cached", AMOUNT, "").orElse(input);
    return new Price.Tokens(input, cached, section.value("output", AMOUNT, 0.0));
  }

  private static Price price(Section section, double kwh, Names clouds) {
    Price.Tokens tokens = tokens(section);
    double hour = section.value("hour", AMOUNT, 0.0);
    double watts = section.value("watts", AMOUNT, 0.0);
    Optional<String> compare = section.optional("compare", Kind.TEXT, "");
    Item at = section.entry("compare").orElse(null);
    if (compare.isPresent() && at != null) {
      clouds.expect(compare.get(), "cloud price", at);
    }
    section.end();
    return new Price(tokens, hour + watts / WATTS * kwh, compare.orElse(null));
  }

  private static Optional<Budget> budget(Section section, Names names, Names keys) {
    Optional<Budget.Scope> scope = scope(section, keys);
    Optional<Amount> amount = amount(section);
    Optional<Budget.Period> period = section.required("per", Kind.choice(Budget.Period.class));
    double warn = section.value("warn", SHARE, USUAL_WARNING);
    boolean hard = section.value("hard", Kind.FLAG, false);
    Optional<String> name = section.optional("name", Kind.text("a name"), "");
    section.end();
    if (scope.isEmpty() || amount.isEmpty() || period.isEmpty()) {
      return Optional.empty();
    }
    String called = name.orElseGet(() -> called(scope.get(), amount.get(), period.get()));
    names.define(called, section, "name");
    return Optional.of(
        new Budget(
            called,
            scope.get(),
            amount.get().unit(),
            amount.get().value(),
            period.get(),
            warn,
            hard));
  }

  private record Amount(Budget.Unit unit, double value) {}

  /** Exactly one of the three. */
  private static Optional<Amount> amount(Section section) {
    Optional<Double> money = section.optional("money", POSITIVE, "");
    Optional<Double> tokens = section.optional("tokens", POSITIVE, "");
    Optional<Duration> machine = section.optional("machine", Kind.positive(), "");
    long given = List.of(money, tokens, machine).stream().filter(Optional::isPresent).count();
    boolean written =
        List.of("money", "tokens", "machine").stream()
            .anyMatch(key -> section.entry(key).isPresent());
    if (given != 1) {
      if (given > 1 || !written) {
        problem(section, "one of money, tokens and machine");
      }
      return Optional.empty();
    }
    return money
        .map(value -> new Amount(Budget.Unit.MONEY, value))
        .or(() -> tokens.map(value -> new Amount(Budget.Unit.TOKENS, value)))
        .or(
            () ->
                machine.map(
                    time -> new Amount(Budget.Unit.MACHINE_SECONDS, time.toMillis() / 1_000.0)));
  }

  private static Optional<Budget.Scope> scope(Section section, Names keys) {
    Optional<String> key = section.optional("key", Kind.TEXT, "");
    Optional<String> client = section.optional("client", Kind.text("a client"), "");
    boolean all = section.value("all", Kind.FLAG, false);
    int given = (key.isPresent() ? 1 : 0) + (client.isPresent() ? 1 : 0) + (all ? 1 : 0);
    if (given != 1) {
      problem(section, "one of key, client and all: true");
      return Optional.empty();
    }
    Item named = section.entry("key").orElse(null);
    if (key.isPresent() && named != null && !keys.expect(key.get(), "key", named)) {
      return Optional.empty();
    }
    return key.<Budget.Scope>map(Budget.OfKey::new)
        .or(() -> client.map(Budget.OfClient::new))
        .or(() -> Optional.of(new Budget.All()));
  }

  private static void problem(Section section, String expectation) {
    section
        .reading()
        .problem(Problem.expected(section.place(), section.path(), "this budget", expectation));
  }

  /** The name of one that has none. */
  private static String called(Budget.Scope scope, Amount amount, Budget.Period period) {
    String whose =
        switch (scope) {
          case Budget.All() -> "all";
          case Budget.OfKey(var key) -> key;
          case Budget.OfClient(var client) -> client;
        };
    return "%s %s per %s".formatted(whose, word(amount.unit().name()), word(period.name()));
  }

  private static String word(String constant) {
    return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static Optional<Double> share(String text) {
    if (!text.matches("[0-9]{1,3}(\\.[0-9]+)?%")) {
      return Optional.empty();
    }
    double percent = Double.parseDouble(text.substring(0, text.length() - 1));
    return percent > 0 && percent <= MOST_PERCENT
        ? Optional.of(percent / MOST_PERCENT)
        : Optional.empty();
  }

  private static String percent(double share) {
    return Math.round(share * MOST_PERCENT) + "%";
  }
}
