package com.visiquate.ccproxy.http.reply;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class RetryAfterTest {
  private static final long SEED = 20_261_121;
  private final SplittableRandom random = new SplittableRandom(SEED);

  @Test
  void staysWithinTheBoundsThatAllClientsHonour() {
    for (int seconds : new int[] {0, 1, 2, 10, 45, 60, 3_600}) {
      for (int i = 0; i < 200; i++) {
        RetryAfter retry = RetryAfter.of(Duration.ofSeconds(seconds), random);
        assertThat(retry.seconds()).as("seed %d", SEED).isBetween(1L, 54L);
        assertThat(retry.millis()).as("seed %d", SEED).isBetween(1_600L, 54_000L);
      }
    }
  }

  @Test
  void spreadsARefusedSwarm() {
    long distinct =
        LongStream.range(0, 100)
            .map(i -> RetryAfter.of(Duration.ofSeconds(10), random).millis())
            .peek(millis -> assertThat(millis).isBetween(8_000L, 12_000L))
            .distinct()
            .count();
    assertThat(distinct).as("seed %d", SEED).isGreaterThan(90);
  }

  @Test
  void saysSomethingSensibleWithoutAnEstimate() {
    assertThat(RetryAfter.of(null, random).seconds()).isBetween(4L, 6L);
  }
}
