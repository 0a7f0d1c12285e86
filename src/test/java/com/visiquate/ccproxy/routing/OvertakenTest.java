package com.visiquate.ccproxy.routing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That nobody is overtaken for longer than his work is worth, whatever was believed at first. */
@Tag("swarm")
@Execution(ExecutionMode.CONCURRENT)
final class OvertakenTest {
  private static final int WORLDS = 6;
  private static final int CLIENTS = 36;
  private static final int SECONDS = 300;

  @ParameterizedTest
  @ValueSource(doubles = {0.125, 0.5, 1, 2, 8})
  void whoComesBeforeAnythingIsLearntDoesNotStarve(double wrong) {
    for (long seed = 0; seed < WORLDS; seed++) {
      holds(seed, wrong, false);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.125, 0.5, 1, 2, 8})
  void norWhoWaitsWhileModelsGoAndBackendsComeBack(double wrong) {
    for (long seed = 0; seed < WORLDS; seed++) {
      holds(seed, wrong, true);
    }
  }

  private static void holds(long seed, double wrong, boolean troubled) {
    Crowd crowd = new Crowd(seed, wrong, troubled).run(CLIENTS, SECONDS);
    String world = "seed %d, %s times wrong".formatted(seed, wrong);
    assertThat(crowd.started()).as(world).isGreaterThan(100);
    assertThat(crowd.left()).as("%s: of the first cohort", world).isZero();
    assertThat(crowd.worst()).as("%s: overtaken", world).isLessThan(1);
  }
}
