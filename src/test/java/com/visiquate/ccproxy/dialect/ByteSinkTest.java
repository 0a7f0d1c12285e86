package com.visiquate.ccproxy.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ByteSinkTest {
  @ParameterizedTest
  @ValueSource(longs = {0, 9, 10, 99, 100, -1, -10, Long.MAX_VALUE, Long.MIN_VALUE})
  void writesANumberAsJavaDoes(long value) {
    assertThat(written(value)).isEqualTo("[" + value + "]");
  }

  @Test
  void writesNumbersOfEveryLength() {
    Random random = new Random(20261122);
    for (int i = 0; i < 10_000; i++) {
      long value = random.nextLong() >> random.nextInt(64);
      assertThat(written(value)).isEqualTo("[" + value + "]");
    }
  }

  private static String written(long value) {
    return new String(new ByteSink(0).raw("[").number(value).raw("]").take(), UTF_8);
  }
}
