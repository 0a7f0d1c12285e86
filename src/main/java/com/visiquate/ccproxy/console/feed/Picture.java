package com.visiquate.ccproxy.console.feed;

import com.visiquate.ccproxy.bus.AlertMessage.Alert;
import com.visiquate.ccproxy.bus.OperatorMessage.Totals;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.QueueReport;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that is known at one moment.
 *
 * @param report who waits and who runs
 * @param spoken tokens of the answers that have begun, as they were counted last
 * @param memory bytes of this machine; 0 when not known
 */
public record Picture(
    QueueReport report,
    FleetPlan plan,
    Map<BackendId, BackendStatus> statuses,
    List<Alert> alerts,
    Map<ExchangeId, Integer> spoken,
    Totals totals,
    long memory) {
  public Picture {
    statuses = Map.copyOf(statuses);
    alerts = List.copyOf(alerts);
    spoken = Map.copyOf(spoken);
  }

  long now() {
    return report.at().toEpochMilli();
  }

  @Nullable BackendStatus status(BackendId id) {
    return statuses.get(id);
  }
}
