package com.visiquate.ccproxy.alerts.rules;

import com.visiquate.ccproxy.config.AlertRule;
import java.time.Instant;
import java.util.List;

/** The heap is nearly full, even after a collection. */
final class Memory implements Rule {
  private final AlertRule rule;
  private double used = -1;

  Memory(AlertRule rule) {
    this.rule = rule;
  }

  @Override
  public void measured(Machine machine) {
    used = machine.memoryUsed();
  }

  @Override
  public List<Finding> look(Instant now) {
    if (used <= Math.min(rule.bound(), rule.critical())) {
      return List.of();
    }
    String text =
        ("ccproxy's heap is %s full after a collection. Give it more (CCPROXY_HEAP), or remember"
                + " fewer answers (memory.size); if it grows again without more clients, report"
                + " it.")
            .formatted(Text.percent(used));
    return List.of(used > rule.critical() ? Finding.critical("", text) : Finding.warning("", text));
  }
}
