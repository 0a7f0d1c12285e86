package com.visiquate.ccproxy.routing.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.Strategy;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What each strategy prefers. */
final class ChoiceTest {
  private static final BackendOption QUICK = candidate("quick", 1, 4, 1, 2);
  private static final BackendOption SLOW = candidate("slow", 5, 1, 1, 9);
  private static final BackendOption ROOMY = candidate("roomy", 3, 2, 8, 2);

  @Test
  void leastBusyTakesTheSoonestAndOfEqualsTheOneWithMostFreeSlots() {
    assertThat(choice(Strategy.LEAST_BUSY).among(List.of(QUICK, SLOW))).isEqualTo(QUICK);
    assertThat(choice(Strategy.LEAST_BUSY).among(List.of(QUICK, SLOW, ROOMY))).isEqualTo(ROOMY);
  }

  @Test
  void leastBusyDoesNotMindTheNoiseOfAnEstimate() {
    BackendOption roomy = candidate("noisy", 9, 0, 1, 2.05);
    assertThat(choice(Strategy.LEAST_BUSY).among(List.of(QUICK, roomy))).isEqualTo(roomy);
  }

  @Test
  void leastRequestsCountsForTheWeight() {
    assertThat(choice(Strategy.LEAST_REQUESTS).among(List.of(QUICK, SLOW))).isEqualTo(SLOW);
    assertThat(choice(Strategy.LEAST_REQUESTS).among(List.of(QUICK, SLOW, ROOMY))).isEqualTo(ROOMY);
  }

  @Test
  void roundRobinGoesRound() {
    Choice choice = choice(Strategy.ROUND_ROBIN);
    List<BackendOption> all = List.of(QUICK, SLOW, ROOMY);
    assertThat(IntStream.range(0, 6).mapToObj(turn -> choice.among(all)))
        .containsExactly(QUICK, SLOW, ROOMY, QUICK, SLOW, ROOMY);
  }

  @Test
  void shuffleTakesEveryOneNowAndThen() {
    Choice choice = choice(Strategy.SHUFFLE);
    List<BackendOption> all = List.of(QUICK, SLOW, ROOMY);
    assertThat(IntStream.range(0, 60).mapToObj(turn -> choice.among(all))).containsAll(all);
  }

  private static Choice choice(Strategy strategy) {
    return Choice.of(strategy, new Random(7));
  }

  private static BackendOption candidate(
      String name, int free, int running, double weight, double seconds) {
    Duration firstToken = Duration.ofMillis((long) (seconds * 1000));
    return new BackendOption(new BackendId(name), free, running, weight, firstToken);
  }
}
