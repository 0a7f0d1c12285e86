package com.visiquate.ccproxy.routing.schedule;

import static com.visiquate.ccproxy.routing.Fixture.at;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When it is believed that abandoned prompts run on. */
final class GhostTruthTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long PAUSE = 4 * SECOND;

  private final GhostTruth truth = new GhostTruth();
  private double clock;

  @Test
  void isClearAfterTwoWaitsForAbandonedPrompts() {
    assertThat(abandonAndWait(60, 55)).isFalse();
    assertThat(abandonAndWait(60, 40)).isTrue();
    assertThat(truth.isHaunted()).isTrue();
  }

  @Test
  void isSaidOnce() {
    abandonAndWait(60, 60);
    abandonAndWait(60, 60);
    assertThat(abandonAndWait(60, 60)).isFalse();
  }

  @Test
  void isNotSaidOfAWaitWithoutAnAbandonedPrompt() {
    for (int i = 0; i < 9; i++) {
      assertThat(truth.waited(at(clock), 60 * SECOND, PAUSE, true)).isFalse();
    }
  }

  @Test
  void isNotSaidOfAWaitThatIsMuchShorterOrLonger() {
    for (int i = 0; i < 9; i++) {
      assertThat(abandonAndWait(60, 10)).isFalse();
      assertThat(abandonAndWait(60, 300)).isFalse();
    }
  }

  @Test
  void isNotSaidOfTheMomentThatStoppingTakes() {
    for (int i = 0; i < 9; i++) {
      assertThat(abandonAndWait(6, 4)).isFalse();
    }
  }

  @Test
  void isContradictedByARequestThatDidNotWait() {
    abandonAndWait(60, 55);
    assertThat(abandonAndWait(60, 0)).isFalse();
    assertThat(abandonAndWait(60, 55)).isFalse();
    assertThat(abandonAndWait(60, 55)).isTrue();
  }

  @Test
  void isNotSaidByARequestThatWasThereBefore() {
    for (int i = 0; i < 9; i++) {
      truth.abandoned(at(clock + 1), 60 * SECOND);
      assertThat(truth.waited(at(clock), 60 * SECOND, PAUSE, true)).isFalse();
    }
  }

  @Test
  void expectsTheLongestOfSeveralAbandonedPrompts() {
    abandonAndWait(60, 60);
    truth.abandoned(at(clock), 60 * SECOND);
    truth.abandoned(at(clock + 2), SECOND);
    assertThat(truth.waited(at(clock + 3), 57 * SECOND, PAUSE, true)).isTrue();
  }

  private boolean abandonAndWait(int left, int waited) {
    clock += 1_000;
    truth.abandoned(at(clock), left * SECOND);
    return truth.waited(at(clock), waited * SECOND, PAUSE, true);
  }
}
