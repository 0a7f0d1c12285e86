package com.visiquate.ccproxy.backend;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PacerTest {
  private final Pacer pacer = new Pacer();

  @Test
  void allowsAFewInAWindow() {
    assertThat(allowedOf(100, 5)).isEqualTo(8);
  }

  @Test
  void allowsMoreInTheNextOne() {
    allowedOf(100, 5);
    assertThat(allowedOf(1, 5 + Pacer.WINDOW.toNanos())).isEqualTo(1);
  }

  private int allowedOf(int asked, long nanos) {
    int allowed = 0;
    for (int i = 0; i < asked; i++) {
      allowed += pacer.allows(nanos) ? 1 : 0;
    }
    return allowed;
  }
}
