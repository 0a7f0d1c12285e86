package com.visiquate.ccproxy.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.fleet.Strategy;
import com.visiquate.ccproxy.routing.estimate.Rate;
import com.visiquate.ccproxy.routing.estimate.Tuning;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What correcting the belief of the caches is worth when the version of the Ollamas lies. */
@Tag("swarm")
@Execution(ExecutionMode.CONCURRENT)
final class SwarmTruthTest {
  private static final Tuning TRUSTING =
      new Tuning(true, true, false, 1, 1, Tuning.DEFAULT.fairness(), Rate.PRIOR);

  private static final SwarmOllama STORING = SwarmOllama.OLDER.storing(150_000);
  private static final SwarmOllama FORGETTING = SwarmOllama.NEWER.storing(0);
  private static final SwarmOllama SMALLER = SwarmOllama.NEWER.storing(40_000);
  private static final SwarmOllama LARGER = SwarmOllama.NEWER.storing(400_000);

  /** Tools that take longer than holds: else nobody comes back to a prompt that was replaced. */
  @Test
  void findsTheStoreOfAnOllamaThatSaysItHasNone() {
    SwarmSetting setting = SwarmSetting.OLDER.ollama(STORING);
    // Age ends holds, so that some come back to a replaced prompt before anything is corrected:
    // what was misjudged is less to begin with, and falls by 39 %.
    corrects(setting.policy(Strategy.LEAST_BUSY, 0.01, Duration.ofSeconds(3)), 0.8, 0.7);
    corrects(setting.byArrival(), 1);
  }

  @Test
  void noticesThatThereIsNoStore() {
    corrects(SwarmSetting.OLDER.ollama(FORGETTING), 0.4);
    corrects(SwarmSetting.OLDER.ollama(FORGETTING).byArrival(), 1);
  }

  @Test
  void noticesThatTheStoreIsSmaller() {
    // Who trusts does not think what is longer than the store safe in it either: 9,930 s.
    corrects(SwarmSetting.OLDER.ollama(SMALLER), 0.82);
  }

  @Test
  void noticesThatTheStoreIsLarger() {
    corrects(SwarmSetting.OLDER.ollama(LARGER).byArrival(), 1);
  }

  @Test
  void doesSoWithSeveralSlots() {
    corrects(SwarmSetting.OLDER.ollama(FORGETTING).hardware(2, 2, 4), 0.4);
    corrects(SwarmSetting.OLDER.ollama(SMALLER).hardware(2, 2, 4), 0.8);
    corrects(SwarmSetting.OLDER.ollama(STORING).hardware(2, 2, 4).byArrival(), 1);
  }

  @Test
  void correctsNothingWhereTheVersionIsRight() {
    assertThat(mean(SwarmSetting.OLDER).corrections()).isZero();
    assertThat(mean(SwarmSetting.OLDER.newer()).corrections()).isZero();
    assertThat(mean(SwarmSetting.OLDER.hardware(2, 2, 4)).corrections()).isZero();
    assertThat(mean(SwarmSetting.OLDER.newer().hardware(2, 2, 4)).corrections()).isZero();
  }

  /** Misjudges the caches by half as much in the end, and takes at most so much of the time. */
  private static void corrects(SwarmSetting setting, double part) {
    corrects(setting, part, 0.5);
  }

  private static void corrects(SwarmSetting setting, double part, double error) {
    SwarmResult trusting = mean(setting.tuning(TRUSTING));
    SwarmResult correcting = mean(setting);
    String all = "%s%n%s%n%s".formatted(setting, trusting, correcting);
    System.out.println(all);
    assertThat(correcting.corrections()).as(all).isPositive();
    assertThat(correcting.lastError()).as(all).isLessThan(trusting.lastError() * error);
    assertThat(correcting.makespan()).as(all).isLessThanOrEqualTo(trusting.makespan() * part);
  }

  private static SwarmResult mean(SwarmSetting setting) {
    List<SwarmResult> results =
        LongStream.rangeClosed(1, 3).mapToObj(seed -> Swarm.run(setting, seed)).toList();
    return SwarmResult.mean(results);
  }
}
