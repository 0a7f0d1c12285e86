package com.visiquate.ccproxy.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class DebtTest {
  private final Debt debt = new Debt();
  private final Instant now = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void isPaidEvenly() {
    debt.spend(now, 90);

    assertThat(debt.missing(60, now)).isEqualTo(90);
    assertThat(debt.missing(60, now.plusSeconds(40))).isEqualTo(50);
    assertThat(debt.until(1, 60, now).toMillis()).isEqualTo(31_000);
    assertThat(debt.missing(60, now.plusSeconds(100))).isZero();
  }

  @Test
  void comesToTheSameInWhateverOrderItIsTold() {
    SplittableRandom random = new SplittableRandom(1);
    for (int world = 0; world < 200; world++) {
      Debt forward = new Debt();
      Debt backward = new Debt();
      int[] amounts = random.ints(30, 0, 40).toArray();
      for (int i = 0; i < amounts.length; i++) {
        forward.spend(now.plusSeconds(10L * i), amounts[i]);
        int last = amounts.length - 1 - i;
        backward.spend(now.plusSeconds(10L * last), amounts[last]);
      }
      Instant end = now.plusSeconds(300);
      assertThat(forward.missing(60, end)).isEqualTo(backward.missing(60, end));
      Bucket bucket = new Bucket(60, now);
      for (int i = 0; i < amounts.length; i++) {
        bucket.take(amounts[i], now.plusSeconds(10L * i));
      }
      assertThat((double) bucket.until(60, end).toNanos())
          .isCloseTo((double) forward.until(60, 60, end).toNanos(), within(2.0));
    }
  }

  @Test
  void isNoLessThanSomebodyKnew() {
    debt.atLeast(now.minusSeconds(30), 100);
    debt.spend(now.minusSeconds(40), 5);
    debt.spend(now, 7);

    assertThat(debt.missing(60, now)).isEqualTo(77);
    debt.atLeast(now, 10);
    assertThat(debt.missing(60, now)).isEqualTo(77);
  }

  @Test
  void lastsForAsLongAsItIsNotPaid() {
    debt.spend(now, 6_000);
    for (int minute = 1; minute < 90; minute++) {
      Instant later = now.plus(Duration.ofMinutes(minute));
      debt.spend(later, 1);
      assertThat(debt.missing(60, later)).isEqualTo(6_000 - 59.0 * minute);
    }
  }
}
