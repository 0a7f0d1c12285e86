package com.visiquate.ccproxy.routing.replay;

import static com.visiquate.ccproxy.routing.Fixture.FAST;
import static com.visiquate.ccproxy.routing.Fixture.bounds;
import static com.visiquate.ccproxy.routing.Fixture.equalBackends;
import static com.visiquate.ccproxy.routing.Fixture.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.visiquate.ccproxy.fleet.BackendSpec;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.RoutingPolicy;
import com.visiquate.ccproxy.fleet.Strategy;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which settings a replay may have, by their names. */
final class ChangesTest {
  private static final FleetPlan PLAN = equalBackends(2, 1, bounds(9));

  @Test
  void changesThePolicyAndComputesNothingInAdvance() {
    Map<String, String> with =
        Map.of(
            "routing.strategy",
            "round-robin",
            "routing.patience",
            "0.5",
            "routing.residency",
            "1500ms");
    assertThat(Changes.of(with, PLAN).plan().routing())
        .isEqualTo(
            new RoutingPolicy(Strategy.ROUND_ROBIN, 0.5, Duration.ofMillis(1_500), Duration.ZERO));
  }

  @Test
  void changesSlotsOfOneOrOfEach() {
    assertThat(Changes.of(Map.of("backends.b2.slots", "4"), PLAN).plan().backends())
        .extracting(BackendSpec::slots)
        .containsExactly(1, 4);
    assertThat(Changes.of(Map.of("backends.*.slots", "3"), PLAN).plan().backends())
        .extracting(BackendSpec::slots)
        .containsExactly(3, 3);
  }

  @Test
  void addsBackendsOnMachinesOfTheirOwn() {
    Variation one = Changes.of(Map.of("backends.c.like", "b2", "backends.c.slots", "2"), PLAN);
    BackendSpec added = one.plan().backend(id("c")).orElseThrow();
    assertThat(added.slots()).isEqualTo(2);
    assertThat(added.host()).isEqualTo("c");
    assertThat(one.measured(added).id()).isEqualTo(id("b2"));
    assertThat(one.plan().catalogue().model(FAST).orElseThrow().backends()).contains(id("c"));
    Variation two = Changes.of(Map.of("backends.add", "2"), PLAN);
    assertThat(two.plan().backends())
        .extracting(BackendSpec::host)
        .hasSize(4)
        .doesNotHaveDuplicates();
    assertThat(two.likes()).containsEntry(id("added-2"), id("b1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "routing.patients; 1; routing.patients: unknown",
        "routing.patience; -1; a number from 0",
        "routing.patience; NaN; a number from 0",
        "routing.residency; soon; a time such as 60s",
        "routing.strategy; best; least-busy, least-requests",
        "backends.b9.slots; 1; no such backend",
        "backends.b1.slots; 0; 1 to 1000",
        "backends.b1.like; b2; the name of one that does not exist",
        "backends.c.like; b9; a backend of the configuration",
        "backends.add; 1000; 1 to 100",
        "backends.a b.like; b1; backend id",
      })
  void saysWhatIsWrong(String key, String value, String why) {
    assertThatThrownBy(() -> Changes.of(Map.of(key, value), PLAN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }
}
