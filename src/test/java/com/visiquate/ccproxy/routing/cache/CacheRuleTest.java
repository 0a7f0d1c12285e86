package com.visiquate.ccproxy.routing.cache;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CacheRuleTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "0.24.0", "0.32.9", "unknown", "0"})
  void countsSlotsOnTheOlderLineAndWhenNothingIsKnown(String version) {
    assertThat(CacheRule.of(version)).isEqualTo(CacheRule.SLOTS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.33.0", "v0.33.1", "0.40.2-rc1", "1.0.0"})
  void countsTheStoreOfTheNewerLine(String version) {
    assertThat(CacheRule.of(version)).isEqualTo(CacheRule.STORE);
  }
}
