package com.visiquate.ccproxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.http.view.FleetView;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A start is ready when it knows what it would answer. */
final class ReadinessTest {
  private final FleetView fleet = new FleetView(Plans.plan());

  @Test
  void comesWhenEveryBackendHasBeenHeardOf() {
    assertThat(fleet.hasHeardOfAll()).isFalse();
    heard(Plans.ONE, Health.UP);
    heard(Plans.TWO, Health.UNKNOWN);
    assertThat(fleet.hasHeardOfAll()).isFalse();
    heard(Plans.TWO, Health.DOWN);
    assertThat(fleet.hasHeardOfAll()).as("down is a word too").isTrue();
  }

  private void heard(BackendId id, Health health) {
    fleet.changed(new BackendStatus(id, health, "", 1, 0, 0, 0, List.of(), List.of(), ""));
  }
}
