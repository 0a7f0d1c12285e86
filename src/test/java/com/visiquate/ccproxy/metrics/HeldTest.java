package com.visiquate.ccproxy.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HeldTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @Test
  void makesAMeterOnce() {
    Held<Counter> counters = Held.counters(MeterTable.FAILOVERS, registry);
    assertThat(counters.of("a")).isSameAs(counters.of("a")).isNotSameAs(counters.of("b"));
  }

  @Test
  void countsWhatIsTooManyTogether() {
    Held<Counter> counters = Held.counters(MeterTable.FAILOVERS, registry);
    for (int i = 0; i < 2 * Held.MOST; i++) {
      counters.of("model-" + i).increment();
    }
    assertThat(registry.getMeters()).hasSize(Held.MOST + 1);
    assertThat(counters.of("other").count()).isEqualTo(Held.MOST);
  }

  @Test
  void forgetsWhatIsGone() {
    Held<Held.Level> levels = Held.levels(MeterTable.SLOTS, registry);
    levels.of("one").set(1);
    levels.of("two").set(2);
    assertThat(levels.retain(List.of("one"))).hasSize(1);
  }
}
