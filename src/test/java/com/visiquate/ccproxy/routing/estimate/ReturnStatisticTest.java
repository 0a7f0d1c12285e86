package com.visiquate.ccproxy.routing.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ReturnStatisticTest {
  @Test
  void expectsWhoCalledAToolBack() {
    assertThat(new ReturnStatistic(true).chance()).isGreaterThan(0.5);
    assertThat(new ReturnStatistic(false).chance()).isLessThan(0.5);
  }

  @Test
  void learnsWhoDoesNotComeBack() {
    ReturnStatistic habit = new ReturnStatistic(true);
    for (int i = 0; i < 40; i++) {
      habit.stayedAway();
    }
    assertThat(habit.chance()).isCloseTo(0, within(0.05));
  }

  @Test
  void learnsHowSoonNearlyAllComeBack() {
    ReturnStatistic habit = new ReturnStatistic(true);
    for (int i = 1; i <= 64; i++) {
      habit.cameBack(i % 16 == 0 ? 5 : 2);
    }
    assertThat(habit.within()).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(7));
  }

  @Test
  void setsNoBoundBeforeItHasSeenEnough() {
    ReturnStatistic habit = new ReturnStatistic(true);
    habit.cameBack(1);
    assertThat(habit.within()).isGreaterThan(Duration.ofHours(1));
  }
}
