package com.visiquate.ccproxy.alerts.rules;

import static com.visiquate.ccproxy.config.AlertSettings.BACKEND_DOWN;
import static com.visiquate.ccproxy.config.AlertSettings.BUDGET;
import static com.visiquate.ccproxy.config.AlertSettings.BUSY;
import static com.visiquate.ccproxy.config.AlertSettings.CACHE_AWAY;
import static com.visiquate.ccproxy.config.AlertSettings.CHANGED_PREFIX;
import static com.visiquate.ccproxy.config.AlertSettings.CONFIGURATION;
import static com.visiquate.ccproxy.config.AlertSettings.DISK;
import static com.visiquate.ccproxy.config.AlertSettings.FAILURES;
import static com.visiquate.ccproxy.config.AlertSettings.LOG_SIZE;
import static com.visiquate.ccproxy.config.AlertSettings.LOOPS;
import static com.visiquate.ccproxy.config.AlertSettings.MEMORY;
import static com.visiquate.ccproxy.config.AlertSettings.QUEUE_WAIT;
import static com.visiquate.ccproxy.config.AlertSettings.RECORDS_AWAY;
import static com.visiquate.ccproxy.config.AlertSettings.RESTARTED;
import static com.visiquate.ccproxy.config.AlertSettings.SLOW_ANSWERS;
import static com.visiquate.ccproxy.config.AlertSettings.SLOW_MEAN;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.AlertMessage.Alert;
import com.visiquate.ccproxy.bus.AlertMessage.Severity;
import com.visiquate.ccproxy.bus.BusMessage;
import com.visiquate.ccproxy.bus.CacheMessage.CacheStatus;
import com.visiquate.ccproxy.bus.Fact.ConfigurationRead;
import com.visiquate.ccproxy.bus.Fact.Looped;
import com.visiquate.ccproxy.bus.Fact.PromptPart;
import com.visiquate.ccproxy.bus.RecordsMessage.RecordsStatus;
import com.visiquate.ccproxy.bus.RecordsNews.BudgetStands;
import com.visiquate.ccproxy.bus.ScheduleEvent.PrefixLost;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.config.AlertSettings;
import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.ModelName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each rule fires by its default, and is over by itself. */
final class LookoutTest {
  private static final Duration LOOK = Duration.ofSeconds(5);
  private final Lookout lookout = new Lookout(AlertSettings.DEFAULT);
  private final List<Alert> told = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-30T10:00:00Z");

  LookoutTest() {
    pass(Duration.ofMinutes(1));
    told.clear();
  }

  @Test
  void tellsThatItHasStartedAndNeverThatThisIsOver() {
    Lookout fresh = new Lookout(AlertSettings.DEFAULT);
    List<Alert> news = new ArrayList<>(fresh.look(now));
    news.addAll(fresh.look(now.plusSeconds(60)));

    assertThat(news).extracting(Alert::rule).containsExactly(RESTARTED);
    assertThat(fresh.found().firing()).isEmpty();
    assertThat(fresh.found().resolved()).extracting(Alert::rule).containsExactly(RESTARTED);
  }

  @ParameterizedTest
  @EnumSource(
      value = Health.class,
      names = {"DOWN", "SUSPECT", "PROBING"})
  void aBackendThatIsNotUpForAMinute(Health health) {
    hear(Facts.status(health));
    pass(Duration.ofSeconds(55));
    assertThat(told).isEmpty();
    pass(Duration.ofSeconds(5));
    assertFired(BACKEND_DOWN, "b0", Severity.CRITICAL, "connection refused");

    hear(Facts.status(Health.UP));
    assertIsOver();
  }

  @Test
  void aBackendThatComesAndGoesIsOneEvent() {
    hear(Facts.status(Health.DOWN));
    pass(Duration.ofMinutes(1));
    for (int i = 0; i < 20; i++) {
      hear(Facts.status(i % 2 == 0 ? Health.UP : Health.DOWN));
      pass(LOOK);
    }
    assertThat(told).hasSize(1);
    hear(Facts.status(Health.UP));
    pass(Duration.ofMinutes(1));
    assertThat(told).hasSize(2);
  }

  @Test
  void fiveSlowShortAnswersInARow() {
    hear(4, Facts.took(Duration.ofSeconds(6)));
    hear(9, Facts.tookLong(Duration.ofSeconds(60)));
    pass(LOOK);
    assertThat(told).extracting(Alert::rule).doesNotContain(SLOW_ANSWERS);
    hear(Facts.took(Duration.ofSeconds(7)));
    pass(LOOK);
    told.removeIf(alert -> alert.rule().equals(SLOW_MEAN));
    assertFired(SLOW_ANSWERS, Facts.MODEL, Severity.CRITICAL, "up to 7 s");

    hear(Facts.took(Duration.ofSeconds(1)));
    pass(Duration.ofSeconds(40));
    assertThat(told).extracting(Alert::rule, Alert::isFiring).contains(over(SLOW_ANSWERS));
  }

  @Test
  void slowAnswersAreOverWhenNobodyAsksAnyMore() {
    hear(5, Facts.took(Duration.ofSeconds(6)));
    pass(Duration.ofMinutes(11));
    assertThat(told).extracting(Alert::rule, Alert::isFiring).contains(over(SLOW_ANSWERS));
    assertThat(lookout.found().firing()).isEmpty();
  }

  @Test
  void shortAnswersThatAreSlowOnAverage() {
    hear(10, Facts.took(Duration.ofMillis(1_900)));
    pass(LOOK);
    assertThat(told).isEmpty();
    hear(Facts.took(Duration.ofSeconds(4)));
    pass(LOOK);
    assertFired(SLOW_MEAN, Facts.MODEL, Severity.WARNING, "2.1 s on average");
    pass(Duration.ofMinutes(5));
    assertIsOver();
  }

  @Test
  void oneInTwentyThatFails() {
    hear(18, Facts.took(Duration.ofMillis(1)));
    hear(50, Facts.failed(Failure.Kind.INVALID));
    hear(50, Facts.failed(Failure.Kind.CLIENT_GONE));
    hear(Facts.failed(Failure.Kind.BACKEND_LOST));
    pass(LOOK);
    told.removeIf(alert -> alert.rule().equals(BUSY));
    assertThat(told).isEmpty();
    hear(Facts.failed(Failure.Kind.BACKEND_LOST));
    pass(LOOK);
    assertFired(FAILURES, "", Severity.WARNING, "10 % of 20 requests failed");
    pass(Duration.ofMinutes(11));
    assertThat(told).extracting(Alert::rule, Alert::isFiring).contains(over(FAILURES));
  }

  @Test
  void longWaitsForASlot() {
    hear(19, Facts.waited(Duration.ofSeconds(1)));
    hear(Facts.waited(Duration.ofSeconds(31)));
    pass(LOOK);
    told.removeIf(alert -> !alert.rule().equals(QUEUE_WAIT));
    assertThat(told).isEmpty();
    hear(Facts.waited(Duration.ofSeconds(31)));
    pass(LOOK);
    told.removeIf(alert -> !alert.rule().equals(QUEUE_WAIT));
    assertFired(QUEUE_WAIT, Facts.MODEL, Severity.WARNING, "waited longer than 30 s");
    pass(Duration.ofMinutes(6));
    assertThat(told).extracting(Alert::rule, Alert::isFiring).contains(over(QUEUE_WAIT));
  }

  @Test
  void aDiskThatBecomesFullAndEmptyAgain() {
    lookout.measured(new Machine(6L << 30, -1, -1));
    pass(LOOK);
    assertThat(told).isEmpty();
    lookout.measured(new Machine(4L << 30, -1, -1));
    pass(LOOK);
    assertFired(DISK, "", Severity.WARNING, "4 GiB");
    told.clear();

    lookout.measured(new Machine(512L << 20, -1, -1));
    pass(Duration.ofMinutes(1));
    assertFired(DISK, "", Severity.CRITICAL, "512 MiB");

    lookout.measured(new Machine(60L << 30, -1, -1));
    assertIsOver();
  }

  @Test
  void aHeapThatIsFull() {
    lookout.measured(new Machine(-1, 0.8, -1));
    pass(LOOK);
    assertThat(told).isEmpty();
    lookout.measured(new Machine(-1, 0.85, -1));
    pass(LOOK);
    assertFired(MEMORY, "", Severity.WARNING, "85 %");
    lookout.measured(new Machine(-1, 0.5, -1));
    assertIsOver();

    told.clear();
    lookout.measured(new Machine(-1, 0.95, -1));
    pass(LOOK);
    assertFired(MEMORY, "", Severity.CRITICAL, "95 %");
  }

  @Test
  void aLargeLogFile() {
    lookout.measured(new Machine(-1, -1, 100L << 20));
    pass(LOOK);
    assertThat(told).isEmpty();
    lookout.measured(new Machine(-1, -1, 101L << 20));
    pass(LOOK);
    assertFired(LOG_SIZE, "", Severity.INFO, "101 MiB");
    lookout.measured(new Machine(-1, -1, 0));
    assertIsOver();
  }

  @Test
  void aHundredRequestsInAMinute() {
    hear(100, Facts.tookLong(Duration.ofMillis(1)));
    pass(LOOK);
    assertThat(told).isEmpty();
    hear(Facts.tookLong(Duration.ofMillis(1)));
    pass(LOOK);
    assertFired(BUSY, "", Severity.INFO, "101 requests");
    pass(Duration.ofMinutes(1));
    assertIsOver();
  }

  @Test
  void aBudgetAtItsWarningAndAtItsEnd() {
    Instant resets = now.plus(Duration.ofHours(1));
    hear(new BudgetStands("agents", 0.79, "79 of 100", resets));
    pass(LOOK);
    assertThat(told).isEmpty();
    hear(new BudgetStands("agents", 0.8, "80 of 100", resets));
    pass(LOOK);
    assertFired(BUDGET, "agents", Severity.WARNING, "80 of 100");
    told.clear();
    hear(new BudgetStands("agents", 1.02, "102 of 100", resets));
    pass(Duration.ofMinutes(1));
    assertFired(BUDGET, "agents", Severity.CRITICAL, "102 of 100");
    pass(Duration.ofMinutes(59));
    assertIsOver();
  }

  @Test
  void recordsThatWaitForTheirDatabase() {
    hear(new RecordsStatus(9, 0, 0, now, "connection refused"));
    pass(Duration.ofSeconds(295));
    assertThat(told).isEmpty();
    pass(LOOK);
    assertFired(RECORDS_AWAY, "", Severity.WARNING, "connection refused");
    hear(new RecordsStatus(0, 0, 0, null, ""));
    assertIsOver();
  }

  @Test
  void aRedisOfTheCacheThatDoesNotAnswer() {
    hear(new CacheStatus(9, 900, true, now, "no answer in time"));
    pass(Duration.ofSeconds(55));
    assertThat(told).isEmpty();
    pass(LOOK);
    assertFired(CACHE_AWAY, "", Severity.WARNING, "no answer in time");
    pass(Duration.ofHours(1));
    assertThat(told).hasSize(1);
    hear(new CacheStatus(9, 900, true, null, ""));
    assertIsOver();
  }

  @Test
  void aRefusedConfigurationUntilOneIsAccepted() {
    hear(new ConfigurationRead(false));
    pass(LOOK);
    assertFired(CONFIGURATION, "", Severity.WARNING, "--check");
    pass(Duration.ofHours(1));
    assertThat(told).hasSize(1);
    hear(new ConfigurationRead(true));
    assertIsOver();
  }

  @Test
  void aClientThatKeepsChangingItsPrefix() {
    for (int i = 0; i < 5; i++) {
      ExchangeId id = new ExchangeId("x" + i);
      hear(new PrefixLost(id, new ModelName(Facts.MODEL), 8_000, 10_000, PromptPart.SYSTEM));
      // 2,000 tokens at 1,000 a second, of which 1,600 were lost.
      Counts counts = new Counts(2_000, 0, 300, 0, 2_000_000_000L, 1);
      hear(Facts.ended("x" + i, Duration.ZERO, Duration.ofSeconds(3), counts, null));
    }
    pass(LOOK);
    assertFired(CHANGED_PREFIX, "agent-1 m", Severity.WARNING, "took about 8 s");
    pass(Duration.ofMinutes(11));
    assertIsOver();
  }

  @Test
  void anAgentThatGoesRoundInCirclesUntilItIsSilent() {
    hear(new Looped(new ClientId("agent-1"), "m", 2));
    pass(LOOK);
    assertThat(told).isEmpty();
    hear(new Looped(new ClientId("agent-1"), "m", 3));
    hear(new Looped(new ClientId("agent-1"), "m", 4));
    pass(LOOK);
    assertFired(LOOPS, "agent-1", Severity.WARNING, "4 times in a row");
    pass(Duration.ofMinutes(6));
    assertIsOver();
  }

  @Test
  void whatIsSwitchedOffIsNotWatched() {
    AlertSettings settings = AlertSettings.DEFAULT;
    AlertSettings off =
        new AlertSettings(
            true,
            settings.every(),
            settings.calm(),
            settings.shortAnswers(),
            settings.webhook(),
            settings.mail(),
            settings.rules().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().on(false))));
    Lookout blind = new Lookout(off);
    blind.measured(new Machine(0, 1, 1L << 40));
    blind.hear(new ConfigurationRead(false), now);

    assertThat(blind.look(now)).isEmpty();
  }

  private void hear(BusMessage message) {
    lookout.hear(message, now);
  }

  private void hear(int times, BusMessage message) {
    for (int i = 0; i < times; i++) {
      hear(message);
    }
  }

  private void pass(Duration time) {
    Instant end = now.plus(time);
    while (now.isBefore(end)) {
      now = now.plus(LOOK);
      told.addAll(lookout.look(now));
    }
  }

  private void assertFired(String rule, String subject, Severity severity, String word) {
    assertThat(told)
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.rule()).isEqualTo(rule);
              assertThat(alert.subject()).isEqualTo(subject);
              assertThat(alert.severity()).isEqualTo(severity);
              assertThat(alert.text()).contains(word);
              assertThat(alert.isFiring()).isTrue();
            });
    assertThat(lookout.found().firing()).contains(told.getFirst());
  }

  /** The last that was told is over once it is calm. */
  private void assertIsOver() {
    Alert fired = told.getLast();
    pass(Duration.ofMinutes(1));
    assertThat(told.getLast().id()).isEqualTo(fired.id());
    assertThat(told.getLast().isFiring()).isFalse();
    assertThat(lookout.found().firing()).isEmpty();
    assertThat(lookout.found().resolved().getFirst().id()).isEqualTo(fired.id());
  }

  private static Tuple over(String rule) {
    return Tuple.tuple(rule, false);
  }
}
