package com.visiquate.ccproxy.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.rehearsal.Rehearsal.Next;
import com.visiquate.ccproxy.rehearsal.Rehearsal.Next.Ask;
import com.visiquate.ccproxy.rehearsal.Rehearsal.Next.Over;
import com.visiquate.ccproxy.rehearsal.Rehearsal.Next.Rest;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class RehearsalTest {
  private static final Instant START = Instant.parse("2026-11-21T09:00:00Z");
  private static final Duration ANSWER = Duration.ofMillis(4);
  private final Rehearsal rehearsal = new Rehearsal(12, START, START.plusSeconds(20));
  private Instant now = START;

  @Test
  void asksAsManyRequestsAsItShouldAndNoMore() {
    assertThat(asked()).isEqualTo(12);
    assertThat(rehearsal.next(now, 0)).isEqualTo(new Over());
    assertThat(rehearsal.asked()).isEqualTo(12);
  }

  @Test
  void restsAsLongAsItHasWorked() {
    for (int i = 0; i < Rehearsal.BURST; i++) {
      assertThat(next(0)).isEqualTo(new Ask(i));
    }

    assertThat(next(0)).isEqualTo(new Rest(ANSWER.multipliedBy(Rehearsal.BURST)));
    assertThat(next(0)).isEqualTo(new Ask(Rehearsal.BURST));
  }

  @Test
  void doesNotRestWhileTheGatewayThatServesWaits() {
    Rehearsal opening = new Rehearsal(100, START.plusSeconds(1), START.plusSeconds(20));
    for (int i = 0; i < Rehearsal.PRELUDE; i++) {
      assertThat(opening.isPrelude(START)).isTrue();
      assertThat(opening.next(START, 0)).isEqualTo(new Ask(i));
    }

    assertThat(opening.isPrelude(START)).isFalse();
    assertThat(opening.next(START, 0)).isInstanceOf(Rest.class);
  }

  @Test
  void keepsTheGatewayThatServesWaitingForABoundedTime() {
    Rehearsal opening = new Rehearsal(100, START.plusSeconds(1), START.plusSeconds(20));
    opening.next(START, 0);

    assertThat(opening.isPrelude(START.plusMillis(999))).isTrue();
    assertThat(opening.isPrelude(START.plusSeconds(1))).isFalse();
  }

  @Test
  void hasNoLongerPreludeThanItIsItself() {
    Rehearsal few = new Rehearsal(1, START.plusSeconds(1), START.plusSeconds(20));
    few.next(START, 0);

    assertThat(few.isPrelude(START)).isFalse();
  }

  @Test
  void makesWayForARealRequest() {
    assertThat(next(0)).isEqualTo(new Ask(0));
    assertThat(next(1)).isEqualTo(new Rest(Rehearsal.COURTESY));
    assertThat(next(1)).isEqualTo(new Ask(1));
  }

  @Test
  void countsRealRequestsAsItsOwn() {
    assertThat(next(0)).isEqualTo(new Ask(0));
    assertThat(next(11)).isEqualTo(new Over());
  }

  @Test
  void endsWhenItsTimeIsOver() {
    assertThat(next(0)).isEqualTo(new Ask(0));
    now = START.plusSeconds(20);
    assertThat(next(0)).isEqualTo(new Over());
  }

  @Test
  void neverRestsForLong() {
    assertThat(next(0)).isEqualTo(new Ask(0));
    now = START.plusSeconds(5);
    for (int i = 1; i < Rehearsal.BURST; i++) {
      next(0);
    }

    assertThat(next(0)).isEqualTo(new Rest(Duration.ofMillis(100)));
  }

  private int asked() {
    int asked = 0;
    for (Next next = next(0); !(next instanceof Over); next = next(0)) {
      asked += next instanceof Ask ? 1 : 0;
    }
    return asked;
  }

  /** What is next, after which as much time passes as an answer takes. */
  private Next next(long answered) {
    Next next = rehearsal.next(now, answered);
    now = next instanceof Ask ? now.plus(ANSWER) : now;
    return next;
  }
}
