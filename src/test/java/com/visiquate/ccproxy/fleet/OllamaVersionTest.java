package com.visiquate.ccproxy.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OllamaVersionTest {
  @ParameterizedTest
  @ValueSource(strings = {"0.33.0", "v0.33.1", "0.40.2-rc1", "1.0.0"})
  void isOfTheNewerLine(String reported) {
    assertThat(OllamaVersion.of(reported).isNewerLine()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.24.0", "v0.32.9", "", "newest", "33"})
  void isOfTheOlderLineOrNotKnown(String reported) {
    assertThat(OllamaVersion.of(reported).isNewerLine()).isFalse();
  }
}
