package com.visiquate.ccproxy.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What it is worth to know how much an Ollama keeps besides its slots. */
@Tag("swarm")
@Execution(ExecutionMode.CONCURRENT)
final class SwarmStoreTest {
  private static final SwarmSetting SWARM = SwarmSetting.OLDER;

  @Test
  void usesAStoreOfOnePrompt() {
    assertThat(mean(known(20_000)).ratio()).isLessThan(1.6);
  }

  @Test
  void usesAStoreOfAFewPrompts() {
    assertThat(mean(known(40_000)).makespan()).isLessThan(6_300);
  }

  @Test
  void usesItWithSeveralSlots() {
    assertThat(mean(known(40_000).hardware(2, 2, 4)).makespan()).isLessThan(8_000);
  }

  /**
   * Sightings mend a belief that is four times too large, and one that is too small costs little.
   */
  @Test
  void isDoneNearlyAsSoonWhenMoreOrLessIsExpected() {
    SwarmResult exact = mean(known(40_000));
    assertThat(mean(expecting(40_000, 160_000)).makespan()).isLessThan(1.3 * exact.makespan());
    SwarmResult large = mean(known(160_000));
    assertThat(mean(expecting(160_000, 40_000)).makespan()).isLessThan(1.05 * large.makespan());
    assertThat(mean(expecting(160_000, 640_000)).makespan()).isLessThan(1.05 * large.makespan());
  }

  private static SwarmSetting expecting(int stored, int expected) {
    return SWARM.ollama(new SwarmOllama(SwarmOllama.NEWER.version(), stored, expected));
  }

  private static SwarmSetting known(int tokens) {
    return SWARM.ollama(SwarmOllama.NEWER.storing(tokens).known());
  }

  private static SwarmResult mean(SwarmSetting setting) {
    List<SwarmResult> results =
        LongStream.rangeClosed(1, 3).mapToObj(seed -> Swarm.run(setting, seed)).toList();
    SwarmResult mean = SwarmResult.mean(results);
    System.out.printf("%s%n%s%n", setting, mean);
    return mean;
  }
}
