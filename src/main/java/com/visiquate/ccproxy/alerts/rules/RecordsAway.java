package com.visiquate.ccproxy.alerts.rules;

import com.visiquate.ccproxy.bus.BusMessage;
import com.visiquate.ccproxy.bus.RecordsNews.RecordsStand;
import com.visiquate.ccproxy.config.AlertRule;
import java.time.Instant;
import java.util.List;

/** Records have waited long for their database. */
final class RecordsAway implements Rule {
  private final AlertRule rule;
  private RecordsStand stand = new RecordsStand(null, 0, "");

  RecordsAway(AlertRule rule) {
    this.rule = rule;
  }

  @Override
  public void hear(BusMessage message, Instant now) {
    if (message instanceof RecordsStand heard) {
      stand = heard;
    }
  }

  @Override
  public List<Finding> look(Instant now) {
    Instant since = stand.spooledSince();
    if (since == null) {
      return List.of();
    }
    String lost =
        stand.droppedDetails() == 0
            ? "none is lost"
            : "the details of %d are lost".formatted(stand.droppedDetails());
    String text =
        ("Records wait for their database since %s; %s yet%s. See whether it runs and its disk"
                + " has room; they are written once it is back.")
            .formatted(since, lost, stand.error().isEmpty() ? "" : " (" + stand.error() + ")");
    return List.of(Finding.warning("", text).lasting(rule.span(), since));
  }
}
