package com.visiquate.ccproxy.alerts.rules;

import com.visiquate.ccproxy.config.AlertRule;
import java.time.Instant;
import java.util.List;

/** The log file is large. */
final class LogSize implements Rule {
  private final AlertRule rule;
  private long bytes = -1;

  LogSize(AlertRule rule) {
    this.rule = rule;
  }

  @Override
  public void measured(Machine machine) {
    bytes = machine.logBytes();
  }

  @Override
  public List<Finding> look(Instant now) {
    return bytes <= rule.bound()
        ? List.of()
        : List.of(
            Finding.info(
                "",
                "The log file has %s. Lower logging.max-size, or logging.level if it is DEBUG."
                    .formatted(Text.bytes((double) bytes))));
  }
}
