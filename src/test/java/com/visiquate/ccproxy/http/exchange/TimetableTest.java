package com.visiquate.ccproxy.http.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.ExchangeEnded.Asked;
import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class TimetableTest {
  private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");

  @Test
  void aWaitingStreamIsDueForItsFirstSignOfLife() {
    assertThat(times(true, 300).next()).isEqualTo(START.plusSeconds(10));
  }

  @Test
  void aStreamIsDueAgainSoLongAfterItsLastSign() {
    Timetable times = times(true, 300);
    times.signed(START.plusSeconds(3));
    assertThat(times.next()).isEqualTo(START.plusSeconds(3 + 20));
    assertThat(times.beatIsDue(START.plusSeconds(22))).isFalse();
    assertThat(times.beatIsDue(START.plusSeconds(23))).isTrue();
  }

  @Test
  void aWholeAnswerIsDueAsAStreamIs() {
    Timetable times = times(false, 300);
    assertThat(times.next()).isEqualTo(START.plusSeconds(10));
    times.signed(START.plusSeconds(290));
    assertThat(times.next()).isEqualTo(START.plusMillis(300_250));
    assertThat(times.beatIsDue(START.plusSeconds(299))).isFalse();
    assertThat(times.isOver(START.plusMillis(300_250))).isFalse();
    assertThat(times.isOver(START.plusMillis(300_251))).isTrue();
  }

  @Test
  void anEndBeforeTheNextSignComesFirst() {
    assertThat(times(true, 5).next()).isEqualTo(START.plusMillis(5_250));
  }

  /** Whoever looks only when something is due misses nothing. */
  @Test
  void nothingIsDueBeforeItSaysSo() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 1_000; i++) {
      Timetable times = times(random.nextBoolean(), random.nextInt(60));
      if (random.nextBoolean()) {
        times.signed(START.plusMillis(random.nextInt(60_000)));
      }
      Instant before = times.next().minusMillis(1 + random.nextInt(10_000));
      assertThat(times.beatIsDue(before) || times.isOver(before)).isFalse();
    }
  }

  private static Timetable times(boolean stream, int seconds) {
    Waiting waiting = new Waiting(Duration.ofSeconds(10), Duration.ofSeconds(20));
    return new Timetable(
        new ExchangeFacts(
            new ExchangeId("x1"),
            Asked.plainly("/chat", "gpt-4", new ClientId("me"), stream, START),
            START.plusSeconds(seconds),
            Instant.MAX,
            waiting));
  }
}
