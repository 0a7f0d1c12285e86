package com.visiquate.ccproxy.alerts.rules;

import com.visiquate.ccproxy.bus.BusMessage;
import com.visiquate.ccproxy.bus.ExchangeEnded;
import com.visiquate.ccproxy.config.AlertRule;
import java.time.Instant;
import java.util.List;

/** Many requests in a minute. */
final class Busy implements Rule {
  private final AlertRule rule;
  private final Window window;

  Busy(AlertRule rule) {
    this.rule = rule;
    this.window = new Window(rule.span());
  }

  @Override
  public void hear(BusMessage message, Instant now) {
    if (message instanceof ExchangeEnded) {
      window.add(1, now);
    }
  }

  @Override
  public List<Finding> look(Instant now) {
    int count = window.count(now);
    return count <= rule.bound()
        ? List.of()
        : List.of(
            Finding.info(
                "",
                ("%d requests in the last minute. Nothing need be done while nobody waits;"
                        + " /ccproxy/queue tells who does.")
                    .formatted(count)));
  }
}
