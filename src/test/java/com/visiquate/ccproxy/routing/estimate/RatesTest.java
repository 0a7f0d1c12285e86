package com.visiquate.ccproxy.routing.estimate;

import static com.visiquate.ccproxy.routing.Fixture.COUNTS;
import static com.visiquate.ccproxy.routing.Fixture.FAST;
import static com.visiquate.ccproxy.routing.Fixture.backend;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.fleet.BackendSpec;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How a backend's speed is learnt. */
final class RatesTest {
  private static final BackendSpec B1 = backend("b1", 1);
  private final Rates rates = new Rates(Rate.PRIOR);

  @Test
  void guessUntilSomethingIsLearnt() {
    assertThat(rates.of(B1, FAST)).isEqualTo(Rate.PRIOR);
  }

  @Test
  void believeTheFirstObservationAndThenMoveSlowly() {
    rates.learn(B1, FAST, COUNTS, 0);
    assertThat(rates.of(B1, FAST).prompt()).isEqualTo(1e7);
    rates.learn(B1, FAST, new Counts(100, 0, 50, 0, 2_000_000_000L, 1_000_000_000L), 0);
    assertThat(rates.of(B1, FAST).prompt()).isCloseTo(1.2e7, within(1.0));
  }

  @Test
  void countOnlyTokensThatWereComputed() {
    rates.learn(B1, FAST, new Counts(100, 90, 50, 0, 1_000_000_000L, 1_000_000_000L), 0);
    assertThat(rates.of(B1, FAST).prompt()).isEqualTo(1e8);
  }

  @Test
  void ignoreAnswersWithoutNumbers() {
    rates.learn(B1, FAST, Counts.NONE, 0);
    assertThat(rates.of(B1, FAST).seen()).isZero();
  }

  @Test
  void areForgottenWithTheirBackend() {
    rates.learn(B1, FAST, COUNTS, 0);
    rates.keepOnly(Set.of());
    assertThat(rates.of(B1, FAST)).isEqualTo(Rate.PRIOR);
  }
}
