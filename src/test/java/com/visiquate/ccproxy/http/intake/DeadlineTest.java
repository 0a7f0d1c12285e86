package com.visiquate.ccproxy.http.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.fleet.Limits;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class DeadlineTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Limits BOUND =
      new Limits(Duration.ofSeconds(2), Duration.ZERO, Duration.ZERO, Duration.ofSeconds(300));

  @Test
  void isTheTotalLimit() {
    assertThat(seconds(BOUND, true, null)).isEqualTo(300);
  }

  @Test
  void endsAWholeAnswerWhoseClientStopsReadingBeforeTheFirstSignOfLife() {
    assertThat(seconds(BOUND, false, "60")).isEqualTo(60);
    assertThat(seconds(BOUND, false, "60.0")).isEqualTo(60);
    assertThat(seconds(BOUND, false, "600")).isEqualTo(300);
  }

  @Test
  void signsOfLifeKeepAnAnswerWhateverItsClientsTimeout() {
    assertThat(seconds(BOUND, true, "60")).isEqualTo(300);
  }

  @Test
  void ignoresNonsense() {
    for (String odd : new String[] {"", "-1", "0", "NaN", "1e9", "99999999999", "NOT_GIVEN"}) {
      assertThat(seconds(BOUND, false, odd)).as(odd).isEqualTo(300);
    }
  }

  @Test
  void isFarAwayWhenTheLimitIsOffAsItIsByDefault() {
    assertThat(seconds(Limits.DEFAULT, true, null)).isEqualTo(Duration.ofDays(365).toSeconds());
  }

  private static long seconds(Limits limits, boolean kept, @Nullable String timeout) {
    Duration patience = Deadline.patience(timeout);
    return Duration.between(NOW, Deadline.of(NOW, limits, patience, kept)).toSeconds();
  }
}
