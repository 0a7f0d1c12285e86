package com.visiquate.ccproxy.alerts.rules;

import com.visiquate.ccproxy.bus.Announcement.Replanned;
import com.visiquate.ccproxy.bus.Announcement.StatusChanged;
import com.visiquate.ccproxy.bus.BusMessage;
import com.visiquate.ccproxy.config.AlertRule;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.Label;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Backends that are not up; one that has yet to prove itself is not. */
final class BackendDown implements Rule {
  private final AlertRule rule;
  private final Map<BackendId, Trouble> troubles = new LinkedHashMap<>();
  private @Nullable FleetPlan plan;

  private record Trouble(Instant since, BackendStatus status) {}

  BackendDown(AlertRule rule) {
    this.rule = rule;
  }

  @Override
  public void hear(BusMessage message, Instant now) {
    switch (message) {
      case StatusChanged(BackendStatus status) -> changed(status, now);
      case Replanned(FleetPlan next) -> {
        plan = next;
        troubles.keySet().removeIf(id -> next.backend(id).isEmpty());
      }
      default -> {}
    }
  }

  private void changed(BackendStatus status, Instant now) {
    boolean isKnown = plan == null || plan.backend(status.id()).isPresent();
    if (!isKnown || status.health() == Health.UP || status.health() == Health.UNKNOWN) {
      troubles.remove(status.id());
    } else {
      troubles.merge(
          status.id(),
          new Trouble(now, status),
          (old, next) -> new Trouble(old.since, next.status));
    }
  }

  @Override
  public List<Finding> look(Instant now) {
    return troubles.values().stream()
        .map(trouble -> finding(trouble.status).lasting(rule.span(), trouble.since))
        .toList();
  }

  private static Finding finding(BackendStatus status) {
    String text =
        "Backend %s is %s%s. See whether its Ollama runs and answers /api/version; it is taken back by itself."
            .formatted(
                status.id(),
                Label.of(status.health()),
                status.reason().isEmpty() ? "" : ": " + status.reason());
    return Finding.critical(status.id().value(), text);
  }
}
