package com.visiquate.ccproxy.backend.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.fleet.GhostRule;
import com.visiquate.ccproxy.fleet.Reading;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BatchEndTest {
  private static final Duration BATCH = Duration.ofSeconds(60);

  @Test
  void isNoLaterThanAPollAndABatchAtTheSlowest() {
    assertThat(new BatchEnd(new Reading(BATCH, false)).after(Duration.ofSeconds(1)))
        .isEqualTo(new BatchEnd(new Reading(BATCH, true)).latest())
        .isEqualTo(Duration.ofSeconds(75).plus(BatchEnd.POLL));
  }

  @Test
  void isThePollWhereNothingIsKnown() {
    assertThat(new BatchEnd(Reading.UNKNOWN).after(Duration.ZERO)).isEqualTo(BatchEnd.POLL);
    assertThat(new BatchEnd(Reading.UNKNOWN).after(BATCH)).isEqualTo(BatchEnd.POLL);
  }

  @Test
  void comesNearerWhileItsFirstBatchRuns() {
    BatchEnd end = new BatchEnd(new Reading(BATCH, true));
    assertThat(end.after(Duration.ofSeconds(40))).isBetween(seconds(35), seconds(36));
    // It may just have begun another one.
    assertThat(end.after(Duration.ofSeconds(50))).isEqualTo(end.latest());
  }

  /** Whatever its pace is, whenever its client leaves, however soon that is noticed. */
  @Test
  void isNeverBeforeTheRealOne() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 100_000; i++) {
      double expected = 0.1 + 80 * random.nextDouble();
      double real = expected * Math.pow(BatchEnd.DOUBT, 2 * random.nextDouble() - 1);
      double left = 300 * random.nextDouble();
      double noticed = left + random.nextDouble();
      double end = Math.ceil(noticed / real) * real;
      Reading reading = new Reading(seconds(expected), true);
      Departure departure = Departure.STOPS.during(reading, seconds(left));
      assertThat(departure.settling())
          .as("seed %d: batches of %f s, expected %f, left after %f", seed, real, expected, left)
          .isGreaterThanOrEqualTo(seconds(end - left));
    }
  }

  @Test
  void isOfNoConcernToOneThatIsComputedToItsEnd() {
    Departure finishes = Departure.of(GhostRule.AUTO, "0.24.0", true);
    assertThat(finishes.during(new Reading(BATCH, true), BATCH)).isEqualTo(Departure.FINISHES);
  }

  /** A prompt begins when its model is loaded, and that is all that is known then. */
  @Test
  void isTheLatestAfterALoad() {
    Reading reading = new Reading(BATCH, true);
    assertThat(Departure.LOADS.during(reading, Duration.ofSeconds(1)).settling())
        .isEqualTo(new BatchEnd(reading).latest());
  }

  private static Duration seconds(double count) {
    return Duration.ofNanos((long) (count * 1e9));
  }
}
