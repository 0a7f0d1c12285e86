package com.visiquate.ccproxy.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.fleet.Strategy;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What always holds, whatever happens in whatever order. */
@Tag("swarm")
@Execution(ExecutionMode.CONCURRENT)
final class SchedulerInvariantsTest {
  /** Of each strategy; {@code -Dccproxy.chaos.events=100000000} looks for rarer things. */
  private static final long EVENTS = Long.getLong("ccproxy.chaos.events", 500_000);

  private static final int EACH = 2_000;

  /** The same worlds every time, so that a build never fails by chance; others with a seed. */
  @ParameterizedTest
  @EnumSource(Strategy.class)
  void holdInManySmallWorlds(Strategy strategy) {
    long seed = Long.getLong("ccproxy.chaos.seed", 0);
    long events = 0;
    for (long i = 0; events < EVENTS; i++) {
      events += new Chaos(seed + i, strategy).run(EACH).events();
    }
    assertThat(events).isGreaterThanOrEqualTo(EVENTS);
  }

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void doTheSameWithTheSameSeed(Strategy strategy) {
    for (long seed = 0; seed < 20; seed++) {
      int once = effects(seed, strategy);
      assertThat(effects(seed, strategy)).as("seed %d", seed).isEqualTo(once);
      assertThat(effects(seed + 1, strategy)).as("seed %d", seed).isNotEqualTo(once);
    }
  }

  private static int effects(long seed, Strategy strategy) {
    return new Chaos(seed, strategy).remembering().run(EACH).effects();
  }
}
