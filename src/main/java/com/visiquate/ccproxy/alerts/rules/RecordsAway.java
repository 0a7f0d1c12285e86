package com.visiquate.ccproxy.alerts.rules;

import com.visiquate.ccproxy.bus.BusMessage;
import com.visiquate.ccproxy.bus.RecordsMessage.RecordsStatus;
import com.visiquate.ccproxy.config.AlertRule;
import java.time.Instant;
import java.util.List;

/** Records have waited long for their database. */
final class RecordsAway implements Rule {
  private final AlertRule rule;
  private RecordsStatus status = new RecordsStatus(0, 0, 0, null, "");

  RecordsAway(AlertRule rule) {
    this.rule = rule;
  }

  @Override
  public void hear(BusMessage message, Instant now) {
    if (message instanceof RecordsStatus heard) {
      status = heard;
    }
  }

  @Override
  public List<Finding> look(Instant now) {
    Instant since = status.awaySince();
    if (since == null) {
      return List.of();
    }
    String lost =
        status.droppedDetails() == 0
            ? "none is lost"
            : "the details of %d are lost".formatted(status.droppedDetails());
    String text =
        ("Records wait for their database since %s; %s yet%s. See whether it runs and its disk"
                + " has room; they are written once it is back.")
            .formatted(
                since, lost, status.lastError().isEmpty() ? "" : " (" + status.lastError() + ")");
    return List.of(Finding.warning("", text).lasting(rule.span(), since));
  }
}
