package com.visiquate.ccproxy.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the schedule is worth to a swarm, in virtual time on the real scheduler: the agents, the
 * prompts and the Ollamas are simulated, deterministically. docs/scheduling.md shows the numbers.
 */
@Tag("swarm")
@Execution(ExecutionMode.CONCURRENT)
final class SwarmTest {
  private static final SwarmSetting OLDER = SwarmSetting.OLDER;
  private static final int SEEDS = 3;

  @Test
  void servesASwarmSeveralTimesSoonerThanInOrderOfArrival() {
    SwarmResult arrival = mean(OLDER.byArrival(), SEEDS);
    SwarmResult result = mean(OLDER, SEEDS);
    assertThat(result.ratio()).isLessThan(2.0);
    assertThat(result.makespan()).isLessThan(arrival.makespan() / 4);
    assertThat(result.firstToken50()).isLessThan(arrival.firstToken50() / 20);
    assertThat(result.longestWait()).isLessThan(arrival.longestWait() * 1.5);
  }

  @Test
  void usesTheMemoryOfTheNewerLine() {
    SwarmResult arrival = mean(OLDER.newer().byArrival(), SEEDS);
    SwarmResult result = mean(OLDER.newer(), SEEDS);
    assertThat(result.ratio()).isLessThan(1.6);
    assertThat(result.makespan()).isLessThan(arrival.makespan() / 3);
  }

  @Test
  void gainsLessButMuchWherePromptsAreFast() {
    isWorth(OLDER.promptRate(800), 2.2, 2);
    isWorth(OLDER.newer().promptRate(800), 1.5, 1.5);
  }

  @Test
  void fillsSeveralSlots() {
    isWorth(OLDER.hardware(2, 2, 4), 1.7, 4);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void isNeverWorseThanArrivalForAFewAgents(int slots) {
    SwarmSetting few = OLDER.hardware(1, 1, slots).agents(8);
    isWorth(few, 2.0, 1);
    isWorth(few.newer(), 2.0, 1);
    isWorth(few.promptRate(800), 2.0, 1);
  }

  @Test
  void keepsItsGainWithInteractiveAgents() {
    isWorth(OLDER.interactive(0.1), 2.0, 4);
  }

  @Test
  void losesLittleWhenNobodyComesBack() {
    isWorth(OLDER.leavingForGood(), 1.7, 4);
  }

  @Test
  void letsTwoModelsShareTheMachines() {
    isWorth(OLDER.models(2), 2.0, 4);
  }

  /** What is believed at first is soon forgotten, and nobody is left behind because of it. */
  @ParameterizedTest
  @ValueSource(doubles = {0.125, 8})
  void isDoneAsSoonWhenItsFirstBeliefsAreWrong(double wrong) {
    for (SwarmSetting setting : List.of(OLDER, OLDER.newer(), OLDER.promptRate(800))) {
      SwarmResult exact = mean(setting.believing(1), SEEDS);
      SwarmResult mistaken = mean(setting.believing(wrong), SEEDS);
      String both = "%s%n%s%n%s".formatted(setting, exact, mistaken);
      System.out.println(both);
      assertThat(mistaken.makespan()).as(both).isLessThan(1.03 * exact.makespan());
    }
  }

  /** Conversations that are longer than the store are not thought safe in it. */
  @Test
  void usesAStoreThatIsSmallerThanItsPrompts() {
    SwarmSetting small = OLDER.ollama(SwarmOllama.NEWER.storing(20_000));
    assertThat(mean(small, SEEDS).ratio()).isLessThan(2.4);
  }

  @Test
  void isDeterministic() {
    SwarmSetting small = OLDER.agents(20);
    assertThat(Swarm.run(small, 5)).isEqualTo(Swarm.run(small, 5));
  }

  /**
   * That it takes less than so many times the lower bound, and is so many times as fast as in order
   * of arrival.
   */
  private static void isWorth(SwarmSetting setting, double ratio, double times) {
    SwarmResult arrival = mean(setting.byArrival(), 1);
    SwarmResult result = mean(setting, 1);
    assertThat(result.ratio()).as("%s", setting).isLessThan(ratio);
    assertThat(result.makespan()).as("%s", setting).isLessThanOrEqualTo(arrival.makespan() / times);
  }

  private static SwarmResult mean(SwarmSetting setting, int seeds) {
    List<SwarmResult> results =
        LongStream.rangeClosed(1, seeds).mapToObj(seed -> Swarm.run(setting, seed)).toList();
    return SwarmResult.mean(results);
  }
}
