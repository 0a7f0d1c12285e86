package com.visiquate.ccproxy.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The signs of life of families to which each one costs a line. */
final class WaitingBeatsTest {
  @Test
  void areRareForLinesButBearable() {
    assertThat(twice(10)).isEqualTo(20);
    assertThat(twice(5)).isEqualTo(10);
    assertThat(twice(15)).as("no gap of 30 s, where clients give up").isEqualTo(20);
    assertThat(twice(60)).as("as configured").isEqualTo(60);
  }

  private static long twice(int seconds) {
    Waiting usual = new Waiting(Duration.ofSeconds(10), Duration.ofSeconds(seconds));
    return usual.withFewerBeats(2).heartbeat().toSeconds();
  }
}
