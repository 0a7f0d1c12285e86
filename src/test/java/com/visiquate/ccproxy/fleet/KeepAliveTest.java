package com.visiquate.ccproxy.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class KeepAliveTest {
  @Test
  void readsSecondsAndDurations() {
    assertThat(KeepAlive.of("300")).contains(Duration.ofMinutes(5));
    assertThat(KeepAlive.of("30m")).contains(Duration.ofMinutes(30));
    assertThat(KeepAlive.of("1h30m")).contains(Duration.ofMinutes(90));
    assertThat(KeepAlive.of("1.5h")).contains(Duration.ofMinutes(90));
    assertThat(KeepAlive.of("500ms")).contains(Duration.ofMillis(500));
  }

  @Test
  void keepsForEverWhatIsNegative() {
    assertThat(KeepAlive.of("-1")).isEmpty();
    assertThat(KeepAlive.of("-1m")).isEmpty();
  }

  @Test
  void knowsWhatUnloadsAtOnce() {
    assertThat(KeepAlive.of("0")).contains(Duration.ZERO);
    assertThat(KeepAlive.of("0s")).contains(Duration.ZERO);
  }
}
