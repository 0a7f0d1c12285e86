package com.visiquate.ccproxy.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Announcement.StatusChanged;
import com.visiquate.ccproxy.bus.BudgetMessage.BudgetsFound;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.CacheMessage.CacheStatus;
import com.visiquate.ccproxy.bus.ExchangeEnded;
import com.visiquate.ccproxy.bus.ExchangeEnded.Asked;
import com.visiquate.ccproxy.bus.ExchangeEnded.Contents;
import com.visiquate.ccproxy.bus.Fact.Looped;
import com.visiquate.ccproxy.bus.Fact.PrefixKept;
import com.visiquate.ccproxy.bus.Fact.PromptPart;
import com.visiquate.ccproxy.bus.OperatorMessage.Scrape;
import com.visiquate.ccproxy.bus.RecordsMessage.RecordsStatus;
import com.visiquate.ccproxy.bus.RecordsNews.BudgetStands;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.Label;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.fleet.Placement;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds conf/prometheus/ to what is exported; promtool, in .ci/run, holds it to what it means. */
final class PrometheusRulesTest {
  private static final Path FOLDER = Path.of("conf", "prometheus");
  private static final ModelName MODEL = new ModelName("m");
  private static final BackendId BACKEND = new BackendId("b0");
  private final Meters meters = new Meters();

  @Test
  void asksOnlyForWhatIsExported() throws Exception {
    String exported = exported();
    String rules = rules();

    Set<String> names = found("\\b((?:ccproxy|jvm)_[a-z_]+)\\b(?=[{\\[ ]|$)", rules);
    assertThat(names).hasSizeGreaterThan(15);
    assertThat(names).allMatch(name -> exported.matches("(?ms).*^" + name + "[{ ].*"));
    assertThat(found("le=\"([0-9.]+)\"", rules))
        .allMatch(bound -> exported.contains("le=\"" + bound + "\""));
  }

  @Test
  void knowsKindsStatesAndOutcomesByTheirNames() throws IOException {
    assertThat(words("kind=~\"([a-z_|]+)\"")).isSubsetOf(labels(Failure.Kind.values()));
    assertThat(words("state=~\"([a-z_|]+)\"")).isSubsetOf(labels(Health.values()));
    assertThat(words("outcome=\"([a-z_|]+)\"")).isSubsetOf(labels(Outcome.values()));
  }

  @Test
  void seesEachRuleFireAndEnd() throws IOException {
    String tests = Files.readString(FOLDER.resolve("ccproxy.rules.test.yaml"));
    for (String rule : found("- alert: (\\w+)", rules())) {
      assertThat(found("alertname: (" + rule + "\\s+exp_alerts:\\s+-)", tests)).hasSize(1);
      assertThat(found("alertname: (" + rule + "\\s+exp_alerts: \\[])", tests)).hasSize(1);
    }
  }

  private static Set<String> words(String pattern) throws IOException {
    Set<String> words = new TreeSet<>();
    found(pattern, rules()).forEach(found -> words.addAll(List.of(found.split("\\|", -1))));
    assertThat(words).isNotEmpty();
    return words;
  }

  private static <E extends Enum<E>> List<String> labels(E[] values) {
    return Arrays.stream(values).map(Label::of).toList();
  }

  /** Without what is said to people. */
  private static String rules() throws IOException {
    return Files.readString(FOLDER.resolve("ccproxy.rules.yaml"))
        .replaceAll("(?m)^ *(#|summary:|todo:).*$", "");
  }

  private static Set<String> found(String pattern, String text) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  /** What is scraped once everything has happened. */
  private String exported() throws Exception {
    Vertx vertx =
        Vertx.builder()
            .with(new VertxOptions().setMetricsOptions(meters.options()))
            .withMetrics(meters.factory())
            .build();
    try {
      done(vertx.deployVerticle(new MetricsVerticle(meters, 1)));
      Bus bus = Bus.of(vertx);
      bus.publish(
          Address.FLEET_STATUS,
          new StatusChanged(
              new BackendStatus(
                  BACKEND, Health.DOWN, "", 1, 0, 0, 0, List.of(), List.of(), "gone")));
      bus.publish(Address.EXCHANGE_ENDED, ended(Outcome.COMPLETED));
      bus.publish(Address.EXCHANGE_ENDED, ended(Outcome.BACKEND_LOST));
      bus.publish(Address.METRICS_FACT, new PrefixKept(MODEL, 9, 1, PromptPart.SYSTEM));
      bus.publish(Address.METRICS_FACT, new Looped(new ClientId("me"), "a", 3));
      bus.answer(
          Address.BUDGETS_FIND,
          inquiry ->
              new BudgetsFound(
                  List.of(new BudgetStands("agents", 0.9, "90 of 100", Instant.EPOCH))));
      bus.answer(
          Address.CACHE_STATUS, inquiry -> new CacheStatus(1, 1, true, Instant.EPOCH, "gone"));
      bus.answer(
          Address.RECORDS_STATUS, inquiry -> new RecordsStatus(0, 0, 0, Instant.EPOCH, "gone"));
      return done(bus.ask(Address.METRICS_SCRAPE, new Scrape(), Duration.ofSeconds(5))).text();
    } finally {
      done(vertx.close());
    }
  }

  private static ExchangeEnded ended(Outcome outcome) {
    boolean isWell = outcome == Outcome.COMPLETED;
    return new ExchangeEnded(
        new ExchangeId("x"),
        Asked.plainly("/chat", "a", new ClientId("me"), true, Instant.EPOCH),
        new Placement(BACKEND, MODEL, 1, Duration.ZERO),
        outcome,
        isWell ? 200 : 502,
        null,
        Duration.ofSeconds(1),
        new Counts(10, 0, 4, 1, 1, 1),
        Contents.NONE,
        null,
        isWell ? null : Failure.of(Failure.Kind.BACKEND_LOST, "gone"));
  }

  private static <T> T done(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
