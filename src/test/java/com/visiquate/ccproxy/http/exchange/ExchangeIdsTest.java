package com.visiquate.ccproxy.http.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class ExchangeIdsTest {
  private final ExchangeIds ids = new ExchangeIds(new SplittableRandom(7));

  @Test
  void areLettersAndDigitsOfOneLength() {
    assertThat(ids.next().value()).matches("[a-z2-7]{24}");
  }

  @Test
  void doNotRepeat() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      assertThat(seen.add(ids.next().value())).isTrue();
    }
  }
}
