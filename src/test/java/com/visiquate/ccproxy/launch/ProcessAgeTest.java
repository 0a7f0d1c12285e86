package com.visiquate.ccproxy.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ProcessAgeTest {
  @Test
  void isWhatTheKernelCounts() {
    String stat = "812 (java) a) b) S 1 812 812 0 -1 4194560 1 0 0 0 5 2 0 0 20 0 9 0 21850 1 2";

    assertThat(ProcessAge.of(stat, "219.73 410.02\n")).isEqualTo(Duration.ofMillis(1_230));
  }

  @Test
  void isPositiveHere() {
    assertThat(ProcessAge.now()).isPositive().isLessThan(Duration.ofHours(1));
  }
}
