package com.visiquate.ccproxy.backend.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.fleet.Health;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class HealthStateTest {
  private static final Map<Health, Set<Health>> LEGAL = new EnumMap<>(Health.class);

  static {
    LEGAL.put(Health.UNKNOWN, Set.of(Health.UP, Health.DOWN));
    LEGAL.put(Health.UP, Set.of(Health.UP, Health.SUSPECT));
    LEGAL.put(Health.SUSPECT, Set.of(Health.UP, Health.SUSPECT, Health.DOWN));
    LEGAL.put(Health.DOWN, Set.of(Health.DOWN, Health.PROBING));
    LEGAL.put(Health.PROBING, Set.of(Health.PROBING, Health.UP, Health.DOWN));
  }

  @Test
  void isUpWithItsFirstAnswer() {
    assertThat(new HealthState.Unknown().answered().health()).isEqualTo(Health.UP);
  }

  @Test
  void fallsOnlyAfterSeveralFailuresInARow() {
    HealthState state = new HealthState.Up().failed("a").failed("b");
    assertThat(state.health()).isEqualTo(Health.SUSPECT);
    assertThat(state.failed("c")).isEqualTo(new HealthState.Down("c"));
    assertThat(state.answered().failed("c").failed("d").health()).isEqualTo(Health.SUSPECT);
  }

  @Test
  void healsBySeveralProbesOrOneRequest() {
    HealthState suspect = new HealthState.Up().failed("a");
    assertThat(suspect.answered().health()).isEqualTo(Health.SUSPECT);
    assertThat(suspect.answered().answered().health()).isEqualTo(Health.UP);
    assertThat(suspect.proved().health()).isEqualTo(Health.UP);
  }

  @Test
  void comesBackThroughProbing() {
    HealthState probing = new HealthState.Down("a").answered();
    assertThat(probing.health()).isEqualTo(Health.PROBING);
    assertThat(probing.proved().health()).isEqualTo(Health.UP);
    assertThat(probing.failed("b").health()).isEqualTo(Health.DOWN);
    assertThat(probing.answered().answered().answered().health()).isEqualTo(Health.UP);
  }

  @Test
  void makesOnlyLegalTransitions() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    HealthState state = new HealthState.Unknown();
    for (int i = 0; i < 10_000; i++) {
      HealthState next =
          switch (random.nextInt(3)) {
            case 0 -> state.answered();
            case 1 -> state.failed("x");
            default -> state.proved();
          };
      assertThat(LEGAL.get(state.health())).as("seed %d", seed).contains(next.health());
      assertThat(next.reason().isEmpty()).isEqualTo(next.health() == Health.UP);
      state = next;
    }
  }

  /** Its version is told by another thread than the one that hangs. */
  @Test
  void isProvedByRequestsAloneAfterOneHung() {
    HealthState state = new HealthState.Up().hung("a prompt hung");
    assertThat(state.health()).isEqualTo(Health.SUSPECT);
    for (int i = 0; i < 10; i++) {
      state = state.answered();
    }
    assertThat(state.health()).isEqualTo(Health.PROBING);
    assertThat(state.reason()).isEqualTo("a prompt hung");
    assertThat(state.hung("again").health()).isEqualTo(Health.SUSPECT);
    assertThat(state.proved().health()).isEqualTo(Health.UP);
    assertThat(state.failed("gone").health()).isEqualTo(Health.SUSPECT);
  }
}
