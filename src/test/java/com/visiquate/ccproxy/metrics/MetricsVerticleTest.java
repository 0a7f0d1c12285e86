package com.visiquate.ccproxy.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.LoggedBugs;
import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Announcement.Replanned;
import com.visiquate.ccproxy.bus.Announcement.StatusChanged;
import com.visiquate.ccproxy.bus.BudgetMessage.BudgetsFound;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.CacheMessage.CacheStatus;
import com.visiquate.ccproxy.bus.CacheMessage.Reason;
import com.visiquate.ccproxy.bus.CacheMessage.Use;
import com.visiquate.ccproxy.bus.ExchangeEnded;
import com.visiquate.ccproxy.bus.ExchangeEnded.Asked;
import com.visiquate.ccproxy.bus.ExchangeEnded.Contents;
import com.visiquate.ccproxy.bus.Fact;
import com.visiquate.ccproxy.bus.Fact.CacheUsed;
import com.visiquate.ccproxy.bus.Fact.ConfigurationRead;
import com.visiquate.ccproxy.bus.Fact.FieldDropped;
import com.visiquate.ccproxy.bus.Fact.FirstTokenSeen;
import com.visiquate.ccproxy.bus.Fact.LongestWait;
import com.visiquate.ccproxy.bus.Fact.Looped;
import com.visiquate.ccproxy.bus.Fact.PrefixKept;
import com.visiquate.ccproxy.bus.Fact.PrefixSeen;
import com.visiquate.ccproxy.bus.Fact.PromptCheck;
import com.visiquate.ccproxy.bus.Fact.PromptPart;
import com.visiquate.ccproxy.bus.Fact.QueueDepth;
import com.visiquate.ccproxy.bus.Fact.RedisAsked;
import com.visiquate.ccproxy.bus.Fact.Reply;
import com.visiquate.ccproxy.bus.Fact.Used;
import com.visiquate.ccproxy.bus.Fact.WarmEnded;
import com.visiquate.ccproxy.bus.OperatorMessage.Scrape;
import com.visiquate.ccproxy.bus.OperatorMessage.Scraped;
import com.visiquate.ccproxy.bus.RecordsMessage.RecordsStatus;
import com.visiquate.ccproxy.bus.RecordsNews.BudgetStands;
import com.visiquate.ccproxy.bus.RequestRecord.SlotUse;
import com.visiquate.ccproxy.bus.RequestRecord.Slots;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.Catalogue;
import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.Limits;
import com.visiquate.ccproxy.fleet.LoadedModel;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.fleet.Placement;
import com.visiquate.ccproxy.fleet.Priority;
import com.visiquate.ccproxy.fleet.PriorityRules;
import com.visiquate.ccproxy.fleet.QueueBounds;
import com.visiquate.ccproxy.fleet.RoutingPolicy;
import com.visiquate.ccproxy.fleet.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class MetricsVerticleTest {
  private static final BackendId ONE = new BackendId("one");
  private static final ModelName FAST = new ModelName("fast");
  private final Meters meters = new Meters();
  private final Vertx vertx =
      Vertx.builder()
          .with(new VertxOptions().setMetricsOptions(meters.options()))
          .withMetrics(meters.factory())
          .build();
  private final Bus bus = Bus.of(vertx);

  @BeforeEach
  void deploy() throws Exception {
    done(vertx.deployVerticle(new MetricsVerticle(meters, 2)));
  }

  @AfterEach
  void close() throws Exception {
    done(vertx.close());
  }

  @Test
  void tellsHowFarExpectationsWereOff() throws Exception {
    tell(new FirstTokenSeen(ONE, FAST, Duration.ofSeconds(3), Duration.ofSeconds(4)));
    tell(new PrefixSeen(ONE, FAST, 100, 80, 60));
    tell(new PrefixKept(FAST, 200, 200, null));
    tell(new PrefixKept(FAST, 200, 50, PromptPart.SYSTEM));
    tell(new Looped(new ClientId("a"), "fast", 3));
    tell(new Looped(new ClientId("a"), "fast", 4));

    assertThat(scraped())
        .contains(
            "ccproxy_first_token_error_sum{backend=\"one\",model=\"fast\"} 0.25",
            "ccproxy_first_token_expected_seconds_sum{backend=\"one\",model=\"fast\"} 3.0",
            "ccproxy_first_token_actual_seconds_sum{backend=\"one\",model=\"fast\"} 4.0",
            "ccproxy_prefix_kept_count{model=\"fast\"} 2",
            "ccproxy_prefix_kept_sum{model=\"fast\"} 1.25",
            "ccproxy_prefix_changes_total{model=\"fast\",part=\"system\"} 1.0",
            "ccproxy_loops_total{alias=\"fast\"} 2.0",
            "ccproxy_prefix_error_sum{backend=\"one\",model=\"fast\"} 0.2");
  }

  @Test
  void whoRunsAloneIsNoNode() throws Exception {
    tell(new PrefixKept(FAST, 200, 200, null));
    assertThat(scraped()).contains("ccproxy_prefix_kept_count").doesNotContain("node=");
  }

  @Test
  @SuppressWarnings("NullAway") // a null where there must be none is the bug
  void goesOnAfterABug() throws Exception {
    try (LoggedBugs bugs = new LoggedBugs()) {
      tell(new PrefixKept(null, 200, 200, null));
      tell(new PrefixKept(FAST, 200, 200, null));
      assertThat(scraped()).contains("ccproxy_prefix_kept_count{model=\"fast\"} 1");
      assertThat(bugs.lines()).containsExactly("record=PrefixKept");
    }
  }

  /** A known distribution is found again: no share is filed with all others in the last bucket. */
  @Test
  void findsADistributionOfSharesAgain() throws Exception {
    int[] shares = {1, 3, 3, 7, 20, 20, 20, 45, 60, 100};
    for (int share : shares) {
      tell(new FirstTokenSeen(ONE, FAST, Duration.ofSeconds(100 - share), Duration.ofSeconds(100)));
      tell(new PrefixSeen(ONE, FAST, 100, 0, share));
      tell(new PrefixKept(FAST, 100, share, null));
    }
    for (String meter :
        List.of(
            "ccproxy_first_token_error_bucket{backend=\"one\",model=\"fast\",",
            "ccproxy_prefix_error_bucket{backend=\"one\",model=\"fast\",",
            "ccproxy_prefix_kept_bucket{model=\"fast\",")) {
      assertThat(scraped())
          .contains(
              meter + "le=\"0.01\"} 1",
              meter + "le=\"0.05\"} 3",
              meter + "le=\"0.1\"} 4",
              meter + "le=\"0.25\"} 7",
              meter + "le=\"0.5\"} 8",
              meter + "le=\"0.75\"} 9",
              meter + "le=\"1.0\"} 10",
              meter + "le=\"+Inf\"} 10");
    }
  }

  @Test
  void saysForHowLongSomebodyWaits() throws Exception {
    tell(new LongestWait(FAST, Instant.now().minusSeconds(100)));
    assertThat(scraped()).containsPattern("ccproxy_queue_oldest_seconds\\{model=\"fast\"} 1\\d\\d");
    tell(new LongestWait(FAST, null));
    assertThat(scraped()).contains("ccproxy_queue_oldest_seconds{model=\"fast\"} 0.0");
  }

  @Test
  void countsARequestWithAllThatIsKnownOfIt() throws Exception {
    tell(ended(new Placement(ONE, FAST, 2, Duration.ofSeconds(3)), Outcome.COMPLETED, null));
    assertThat(scraped())
        .contains(
            "ccproxy_requests_total{alias=\"gpt-4\",backend=\"one\",model=\"fast\",outcome=\"completed\",route=\"/chat\"}"
                + " 1.0",
            "ccproxy_queue_wait_seconds_sum{model=\"fast\"} 3.0",
            "ccproxy_first_token_seconds_sum{backend=\"one\",model=\"fast\"} 4.0",
            "ccproxy_output_token_seconds_sum{backend=\"one\",model=\"fast\"} 0.5",
            "ccproxy_failovers_total{model=\"fast\"} 1.0",
            "ccproxy_overhead_seconds_sum{route=\"/chat\"} 2.0",
            "ccproxy_prompt_estimates_total{counted_by=\"estimate\",model=\"fast\"} 8.0",
            "ccproxy_prompt_estimates_total{counted_by=\"ollama\",model=\"fast\"} 10.0",
            "ccproxy_prompt_error_sum{model=\"fast\"} 0.2",
            "ccproxy_tokens_total{backend=\"one\",direction=\"prompt\",model=\"fast\"} 10.0",
            "ccproxy_tokens_total{backend=\"one\",direction=\"output\",model=\"fast\"} 4.0");
  }

  @Test
  void countsARefusalThatNeverRan() throws Exception {
    tell(ended(null, Outcome.REFUSED, Failure.of(Failure.Kind.QUEUE_FULL, "full")));
    assertThat(scraped())
        .contains(
            "backend=\"none\",model=\"none\",outcome=\"refused\"",
            "ccproxy_failures_total{kind=\"queue_full\",route=\"/chat\"} 1.0")
        .doesNotContain("ccproxy_queue_wait_seconds_sum");
  }

  @Test
  void showsEveryOtherFact() throws Exception {
    tell(new QueueDepth(FAST, Priority.NORMAL, 5));
    tell(new FieldDropped("/chat", "logit_bias"));
    tell(new WarmEnded(ONE, FAST, true, Duration.ofSeconds(2)));
    tell(new ConfigurationRead(false));
    assertThat(scraped())
        .contains(
            "ccproxy_queue_waiting{class=\"normal\",model=\"fast\"} 5.0",
            "ccproxy_dropped_fields_total{field=\"logit_bias\",route=\"/chat\"} 1.0",
            "ccproxy_warmups_total{backend=\"one\",loaded=\"true\",model=\"fast\"} 1.0",
            "ccproxy_warmup_seconds_sum{backend=\"one\",model=\"fast\"} 2.0",
            "ccproxy_configuration_reads_total{accepted=\"false\"} 1.0",
            "ccproxy_event_loop_delay_seconds_count");
  }

  @Test
  void addsUpWhatRequestsUse() throws Exception {
    tell(new Used(FAST, new Slots(List.of(new SlotUse("one", 1_500_000))), 0.25, 2));
    tell(new Used(FAST, new Slots(List.of(new SlotUse("one", 500_000))), -0.05, 0));
    tell(new Used(null, new Slots(List.of(new SlotUse("two", 1_000_000))), 0, 0));
    assertThat(scraped())
        .contains(
            "ccproxy_machine_seconds_total{backend=\"one\",model=\"fast\"} 2.0",
            "ccproxy_machine_seconds_total{backend=\"two\",model=\"none\"} 1.0",
            "ccproxy_cost_total{model=\"fast\"} 0.25",
            "ccproxy_saved_total{model=\"fast\"} 2.0");
  }

  @Test
  void asksTheRecordsAtEachScrape() throws Exception {
    assertThat(scraped()).doesNotContain("ccproxy_records", "ccproxy_budget");
    List<BudgetStands> budgets = new ArrayList<>();
    budgets.add(new BudgetStands("agents", 0.5, "2 of 4", Instant.EPOCH));
    bus.answer(Address.RECORDS_STATUS, inquiry -> new RecordsStatus(2_048, 3, 4, null, ""));
    bus.answer(Address.BUDGETS_FIND, inquiry -> new BudgetsFound(budgets));
    assertThat(scraped())
        .contains(
            "ccproxy_records_spooled_bytes 2048.0",
            "ccproxy_records_dropped 3.0",
            "ccproxy_records_lost 4.0",
            "ccproxy_budget_share{budget=\"agents\"} 0.5");
    budgets.clear();
    assertThat(scraped()).doesNotContain("agents");
  }

  @Test
  void showsWhatTheCacheHasToDoWithRequestsAndWhatIsInIt() throws Exception {
    assertThat(scraped()).doesNotContain("ccproxy_cache_entries", "ccproxy_cache_redis");
    bus.answer(Address.CACHE_STATUS, inquiry -> new CacheStatus(3, 900, false, null, ""));
    bus.publish(Address.METRICS_FACT, new CacheUsed(Use.HIT, Reason.REDIS, Duration.ofSeconds(7)));
    bus.publish(Address.METRICS_FACT, new CacheUsed(Use.MISS, Reason.OLD, Duration.ZERO));
    bus.publish(Address.METRICS_FACT, new RedisAsked(Reply.LATE, Duration.ofMillis(20)));
    assertThat(scraped())
        .contains(
            "ccproxy_cache_entries 3.0",
            "ccproxy_cache_kept_bytes 900.0",
            "ccproxy_cache_requests_total{reason=\"redis\",use=\"hit\"} 1.0",
            "ccproxy_cache_requests_total{reason=\"old\",use=\"miss\"} 1.0",
            "ccproxy_cache_hit_age_seconds_sum 7.0",
            "ccproxy_cache_redis_seconds_count{reply=\"late\"} 1")
        .doesNotContain("ccproxy_cache_redis_away");
  }

  @Test
  void showsABackendUntilItIsNoneAnyMore() throws Exception {
    bus.publish(
        Address.FLEET_STATUS,
        new StatusChanged(
            new BackendStatus(
                ONE,
                Health.UP,
                "0.24.0",
                2,
                1,
                1,
                3,
                List.of(LoadedModel.named("a"), LoadedModel.named("b")),
                List.of(),
                "")));
    assertThat(scraped())
        .contains(
            "ccproxy_slots{backend=\"one\"} 2.0",
            "ccproxy_slots_running{backend=\"one\"} 1.0",
            "ccproxy_slots_ghosts{backend=\"one\"} 1.0",
            "ccproxy_backend_expected{backend=\"one\"} 3.0",
            "ccproxy_backend_loaded{backend=\"one\"} 2.0",
            "ccproxy_backend_state{backend=\"one\",state=\"up\"} 1.0",
            "ccproxy_backend_state{backend=\"one\",state=\"down\"} 0.0");
    bus.publish(Address.FLEET_PLAN, new Replanned(emptyPlan()));
    assertThat(scraped()).doesNotContain("backend=\"one\"");
  }

  private void tell(ExchangeEnded ended) {
    bus.publish(Address.EXCHANGE_ENDED, ended);
  }

  private void tell(Fact fact) {
    bus.publish(Address.METRICS_FACT, fact);
  }

  /** Messages of one sender to one verticle arrive in order, so all facts are counted by then. */
  private String scraped() throws Exception {
    Future<Scraped> answer = bus.ask(Address.METRICS_SCRAPE, new Scrape(), Duration.ofSeconds(5));
    return done(answer).text();
  }

  private static ExchangeEnded ended(
      @Nullable Placement placement, Outcome outcome, @Nullable Failure failure) {
    return new ExchangeEnded(
        new ExchangeId("x"),
        Asked.plainly("/chat", "gpt-4", new ClientId("me"), true, Instant.EPOCH),
        placement,
        outcome,
        200,
        placement == null ? null : Duration.ofSeconds(4),
        Duration.ofSeconds(9),
        new Counts(10, 0, 4, 500_000_000L, 1_500_000_000L, 2_000_000_000L),
        Contents.NONE,
        placement == null ? null : new PromptCheck(8, 10),
        failure);
  }

  private static FleetPlan emptyPlan() {
    return new FleetPlan(
        List.of(),
        new Catalogue(List.of(), List.of()),
        RoutingPolicy.DEFAULT,
        QueueBounds.DEFAULT,
        PriorityRules.DEFAULT,
        Limits.DEFAULT,
        Waiting.DEFAULT);
  }

  private static <T> T done(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
