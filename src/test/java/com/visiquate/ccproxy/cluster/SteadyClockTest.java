package com.visiquate.ccproxy.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Two clocks that were started at different times of day. */
final class SteadyClockTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final AtomicLong nanos = new AtomicLong(-5);

  @Test
  void goesOnFromItsStartAsTimePasses() {
    SteadyClock clock = new SteadyClock(START, nanos::get);
    assertThat(clock.instant()).isEqualTo(START);
    nanos.addAndGet(2_500_000_000L);
    assertThat(clock.instant()).isEqualTo(START.plusMillis(2_500));
  }

  @Test
  void doesNotFollowTheClockOfTheMachine() {
    SteadyClock before = new SteadyClock(START, nanos::get);
    SteadyClock afterAnHourWasAdded = new SteadyClock(START.plusSeconds(3_600), nanos::get);
    nanos.addAndGet(1_000_000_000L);
    assertThat(before.instant()).isEqualTo(START.plusSeconds(1));
    assertThat(afterAnHourWasAdded.instant()).isEqualTo(START.plusSeconds(3_601));
  }
}
