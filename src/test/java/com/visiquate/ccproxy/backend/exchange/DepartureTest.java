package com.visiquate.ccproxy.backend.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.fleet.GhostRule;
import org.junit.jupiter.api.Test;

final class DepartureTest {
  @Test
  void goesByTheVersion() {
    assertThat(Departure.of(GhostRule.AUTO, "0.24.0", true)).isEqualTo(Departure.FINISHES);
    assertThat(Departure.of(GhostRule.AUTO, "0.32.9", true)).isEqualTo(Departure.FINISHES);
    assertThat(Departure.of(GhostRule.AUTO, "0.33.0-rc1", true)).isEqualTo(Departure.STOPS);
    assertThat(Departure.of(GhostRule.AUTO, "1.0.0", true)).isEqualTo(Departure.STOPS);
  }

  @Test
  void takesAnUnknownVersionForAnOldOne() {
    assertThat(Departure.of(GhostRule.AUTO, "", true)).isEqualTo(Departure.FINISHES);
    assertThat(Departure.of(GhostRule.AUTO, "main", true)).isEqualTo(Departure.FINISHES);
  }

  @Test
  void doesWhatIsConfigured() {
    assertThat(Departure.of(GhostRule.STOPS, "0.24.0", true)).isEqualTo(Departure.STOPS);
    assertThat(Departure.of(GhostRule.FINISHES, "0.33.0", true)).isEqualTo(Departure.FINISHES);
  }

  @Test
  void waitsForALoad() {
    assertThat(Departure.of(GhostRule.AUTO, "0.33.0", false)).isEqualTo(Departure.LOADS);
  }
}
