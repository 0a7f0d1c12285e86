package com.visiquate.ccproxy.alerts.rules;

import com.visiquate.ccproxy.config.AlertRule;
import java.time.Instant;
import java.util.List;

/** The disk is nearly full. */
final class Disk implements Rule {
  private final AlertRule rule;
  private long free = -1;

  Disk(AlertRule rule) {
    this.rule = rule;
  }

  @Override
  public void measured(Machine machine) {
    free = machine.diskFree();
  }

  @Override
  public List<Finding> look(Instant now) {
    if (free < 0 || free >= Math.max(rule.bound(), rule.critical())) {
      return List.of();
    }
    String text =
        ("Only %s are free on the disk of ccproxy's records and logs. Make room: old models"
                + " (`ollama rm`), logs, or a shorter time that records are kept.")
            .formatted(Text.bytes((double) free));
    return List.of(free < rule.critical() ? Finding.critical("", text) : Finding.warning("", text));
  }
}
