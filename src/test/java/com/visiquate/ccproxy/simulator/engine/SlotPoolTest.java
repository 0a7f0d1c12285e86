package com.visiquate.ccproxy.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.simulator.model.Generation;
import com.visiquate.ccproxy.simulator.model.Tokens;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SlotPoolTest {
  @Test
  void theOlderLineTakesAnyCommonPrefixHoweverShort() {
    SlotPool pool = new SlotPool(2, Generation.OLDER, 0);
    use(pool, prompt(1, 100));
    // Only the template's first token agrees, and an empty slot would have been free.
    SlotPool.Seat seat = pool.seat(prompt(2, 100)).orElseThrow();
    assertThat(seat.cached()).isEqualTo(1);
    assertThat(seat.slot().cache()).isEqualTo(prompt(1, 100));
  }

  @Test
  void twoConversationsThrashOneSlotOfTheOlderLine() {
    SlotPool pool = new SlotPool(2, Generation.OLDER, 0);
    use(pool, prompt(1, 100));
    use(pool, prompt(2, 100));
    assertThat(use(pool, prompt(1, 100))).isEqualTo(1);
    assertThat(use(pool, prompt(2, 100))).isEqualTo(1);
  }

  @Test
  void theNewerLineTakesTheLeastRecentlyUsedForAStranger() {
    SlotPool pool = new SlotPool(2, Generation.NEWER, 0);
    use(pool, prompt(1, 100));
    use(pool, prompt(2, 100));
    assertThat(use(pool, prompt(1, 100))).isEqualTo(99);
    assertThat(use(pool, prompt(2, 100))).isEqualTo(99);
  }

  @Test
  void theNewerLineRestoresAReplacedPrompt() {
    SlotPool pool = new SlotPool(1, Generation.NEWER, 1000);
    use(pool, prompt(1, 100));
    use(pool, prompt(2, 100));
    assertThat(use(pool, prompt(1, 100))).isEqualTo(99);
  }

  @Test
  void theRamCacheForgetsTheOldestFirst() {
    SlotPool pool = new SlotPool(1, Generation.NEWER, 150);
    use(pool, prompt(1, 100));
    use(pool, prompt(2, 100));
    use(pool, prompt(3, 100));
    assertThat(use(pool, prompt(1, 100))).isEqualTo(1);
  }

  @Test
  void hasNoSeatWhenEverySlotIsTaken() {
    SlotPool pool = new SlotPool(1, Generation.OLDER, 0);
    pool.seat(prompt(1, 10));
    assertThat(pool.seat(prompt(1, 10))).isEmpty();
  }

  @Test
  void aContinuedTextSharesItsBeginning() {
    int[] turn = new Tokens(4).mark("user").text("What is a slot, please?").toArray();
    int[] next = new Tokens(4).all(turn).text("A place.").toArray();
    assertThat(Tokens.commonPrefix(turn, next)).isEqualTo(turn.length);
    assertThat(Arrays.copyOf(next, turn.length)).isEqualTo(turn);
  }

  private static int use(SlotPool pool, int[] prompt) {
    SlotPool.Seat seat = pool.seat(prompt).orElseThrow();
    seat.slot().vacate(prompt);
    return seat.cached();
  }

  /** A first token that all share, then tokens of one conversation only. */
  private static int[] prompt(int conversation, int length) {
    return IntStream.range(0, length).map(i -> i == 0 ? 7 : conversation * 10_000 + i).toArray();
  }
}
