package com.visiquate.ccproxy.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.LoopMessage.OtherTurn;
import com.visiquate.ccproxy.bus.LoopMessage.ToolTurn;
import com.visiquate.ccproxy.bus.LoopMessage.TurnOver;
import com.visiquate.ccproxy.bus.LoopMessage.Who;
import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LoopsTest {
  private static final int MOST = 4;
  private static final int STEPS = 200_000;
  private final Loops loops = new Loops(MOST);
  private int exchanges;

  private ToolTurn turn(String who, long turn, int times) {
    ExchangeId id = new ExchangeId("x" + exchanges++);
    return new ToolTurn(id, 0, new Who(new ClientId(who), null), "m", turn, times);
  }

  /** A request that says so of itself, and ends well. */
  private int ask(String who, long turn, int times) {
    ToolTurn asked = turn(who, turn, times);
    int said = loops.heard(asked);
    loops.heard(new TurnOver(asked, false));
    return said;
  }

  @Test
  void countsWhoSendsTheSameAgain() {
    assertThat(List.of(ask("a", 7, 1), ask("a", 7, 1), ask("a", 7, 1), ask("a", 7, 1)))
        .containsExactly(1, 2, 3, 4);
    assertThat(ask("a", 8, 1)).isEqualTo(1);
    assertThat(ask("a", 7, 1)).isEqualTo(1);
  }

  @Test
  void believesARequestThatSaysMoreOfItself() {
    assertThat(List.of(ask("a", 7, 5), ask("a", 7, 6), ask("a", 7, 2))).containsExactly(5, 6, 7);
  }

  @Test
  void whatFailedIsSentAgainByRight() {
    for (int i = 0; i < 9; i++) {
      ToolTurn failing = turn("a", 7, 1);
      assertThat(loops.heard(failing)).isEqualTo(1);
      loops.heard(new TurnOver(failing, true));
    }
    assertThat(List.of(ask("a", 7, 1), ask("a", 7, 1))).containsExactly(1, 2);
  }

  @Test
  void aHundredAtOnceAreNoLoop() {
    List<ToolTurn> all = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      all.add(turn("a", 7, 1));
    }
    assertThat(all).allSatisfy(one -> assertThat(loops.heard(one)).isEqualTo(1));
    all.forEach(one -> loops.heard(new TurnOver(one, false)));
    assertThat(ask("a", 7, 1)).isEqualTo(2);
  }

  @Test
  void somethingElseEndsTheRow() {
    ask("a", 7, 1);
    ask("a", 7, 1);
    loops.heard(new OtherTurn(new ExchangeId("y"), new Who(new ClientId("a"), null)));
    assertThat(ask("a", 7, 1)).isEqualTo(1);
  }

  @Test
  void conversationsAndClientsAreApart() {
    assertThat(List.of(ask("a", 7, 1), ask("b", 7, 1), ask("c", 7, 1))).containsOnly(1);
    Who other = new Who(new ClientId("a"), "second");
    assertThat(loops.heard(new ToolTurn(new ExchangeId("z"), 0, other, "m", 7, 1))).isEqualTo(1);
  }

  @Test
  void knowsOnlyTheLastFew() {
    ask("a", 7, 1);
    for (int i = 0; i < 1_000; i++) {
      ask("other" + i, 7, 1);
      assertThat(loops.size()).isLessThanOrEqualTo(MOST);
    }
    assertThat(ask("a", 7, 1)).isEqualTo(1);
  }

  @Test
  void whoWantsNoneHasNone() {
    Loops none = new Loops(0);
    for (int i = 0; i < 9; i++) {
      assertThat(none.heard(turn("a", 7, 1))).isEqualTo(1);
    }
    assertThat(none.size()).isZero();
  }

  /**
   * One client, whose requests end, fail, overlap and change in any order, beside a plain count.
   */
  @Test
  void agreesWithAPlainCountOfWhatDidNotFail() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Deque<ToolTurn> open = new ArrayDeque<>();
    long last = -1;
    int good = 0;
    for (int i = 0; i < STEPS; i++) {
      if (open.isEmpty()) {
        long next = random.nextInt(8) == 0 ? random.nextInt(3) : Math.max(0, last);
        good = next == last ? good : 0;
        last = next;
        open.add(turn("a", next, 1));
        assertThat(loops.heard(open.getFirst())).as("seed %d", seed).isEqualTo(good + 1);
      } else if (random.nextInt(4) == 0 && open.size() < 3) {
        open.add(turn("a", last, 1));
        assertThat(loops.heard(open.getLast())).as("seed %d", seed).isEqualTo(good + 1);
      } else {
        boolean failed = random.nextInt(3) == 0;
        loops.heard(new TurnOver(open.removeFirst(), failed));
        good += failed ? 0 : 1;
        open.forEach(beside -> loops.heard(new TurnOver(beside, random.nextBoolean())));
        open.clear();
      }
    }
  }
}
