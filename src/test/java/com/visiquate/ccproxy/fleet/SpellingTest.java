package com.visiquate.ccproxy.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SpellingTest {
  @ParameterizedTest
  @CsvSource({
    "port,port,0",
    "prot,port,1",
    "codng,coding,1",
    "Coding,coding,0",
    "slots,slot,1",
    "'',abc,3",
    "kitten,sitting,3",
    "gpt-4o,gpt-4,1"
  })
  void countsWhatMustBeChanged(String left, String right, int distance) {
    assertThat(Spelling.distance(left, right)).isEqualTo(distance);
    assertThat(Spelling.distance(right, left)).isEqualTo(distance);
  }
}
