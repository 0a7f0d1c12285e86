package com.visiquate.ccproxy.backend.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.ModelName;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SlotsTest {
  private static final ModelName A = new ModelName("a");
  private static final ModelName B = new ModelName("b");

  @Test
  void givesEachModelItsSlotsAndNoMore() {
    Slots slots = new Slots(2, 1);
    assertThat(slots.take(id(1), A)).isEmpty();
    assertThat(slots.take(id(2), A)).isEmpty();
    assertThat(slots.take(id(3), A)).isPresent();
    assertThat(slots.running()).isEqualTo(2);
  }

  @Test
  void refusesAModelThatWouldWaitForAnother() {
    Slots slots = new Slots(2, 1);
    slots.take(id(1), A);
    assertThat(slots.take(id(2), B)).isPresent();
    slots.resize(2, 2);
    assertThat(slots.take(id(2), B)).isEmpty();
  }

  @Test
  void countsALoadAsAModelButNotAsASlot() {
    Slots slots = new Slots(1, 1);
    assertThat(slots.load(A)).isTrue();
    assertThat(slots.take(id(1), B)).isPresent();
    assertThat(slots.take(id(1), A)).isEmpty();
    assertThat(slots.load(B)).isFalse();
    slots.loadEnded(A);
    slots.free(id(1));
    assertThat(slots.isEmpty()).isTrue();
  }

  @Test
  void keepsTheSlotOfAGhost() {
    Slots slots = new Slots(1, 1);
    slots.take(id(1), A);
    slots.haunt(id(1));
    assertThat(slots.running()).isZero();
    assertThat(slots.ghosts()).isEqualTo(1);
    assertThat(slots.take(id(2), A)).isPresent();
  }

  @Test
  void neverDriftsWhateverHappens() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Slots slots = new Slots(3, 2);
    List<ExchangeId> taken = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      ExchangeId id = id(random.nextInt(40));
      switch (random.nextInt(3)) {
        case 0 -> {
          if (slots.take(id, new ModelName("m" + random.nextInt(4))).isEmpty()) {
            assertThat(taken).as("seed %d", seed).doesNotContain(id);
            taken.add(id);
          }
        }
        case 1 -> slots.haunt(id);
        default -> assertThat(slots.free(id)).as("seed %d", seed).isEqualTo(taken.remove(id));
      }
      assertThat(slots.running() + slots.ghosts()).as("seed %d", seed).isEqualTo(taken.size());
      assertThat(taken.size()).as("seed %d", seed).isBetween(0, 6);
    }
  }

  private static ExchangeId id(int number) {
    return new ExchangeId("x" + number);
  }
}
