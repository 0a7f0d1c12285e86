package com.visiquate.ccproxy.alerts.rules;

import com.visiquate.ccproxy.bus.BusMessage;
import com.visiquate.ccproxy.bus.ExchangeEnded;
import com.visiquate.ccproxy.config.AlertRule;
import com.visiquate.ccproxy.fleet.Placement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Models for which more than one in twenty requests waited longer than the bound; that is to say,
 * whose 95th percentile is above it.
 */
final class QueueWait implements Rule {
  private static final double SHARE = 0.05;
  private final AlertRule rule;
  private final Map<String, Window> late = new TreeMap<>();

  QueueWait(AlertRule rule) {
    this.rule = rule;
  }

  @Override
  public void hear(BusMessage message, Instant now) {
    Placement placement = message instanceof ExchangeEnded ended ? ended.placement() : null;
    if (placement != null) {
      boolean isLate = placement.queued().compareTo(rule.boundTime()) > 0;
      late.computeIfAbsent(placement.model().value(), model -> new Window(rule.span()))
          .add(isLate ? 1 : 0, now);
    }
  }

  @Override
  public List<Finding> look(Instant now) {
    return late.entrySet().stream()
        .filter(entry -> entry.getValue().count(now) >= rule.times())
        .filter(entry -> entry.getValue().mean(now) > SHARE)
        .map(entry -> finding(entry.getKey(), entry.getValue().mean(now)))
        .toList();
  }

  private Finding finding(String model, double share) {
    return Finding.warning(
        model,
        ("%s of the requests for %s waited longer than %s for a slot in the last %s. More slots"
                + " or backends make the wait shorter, fewer agents as well; /ccproxy/queue tells"
                + " who waits.")
            .formatted(
                Text.percent(share), model, Text.seconds(rule.bound()), Text.seconds(rule.span())));
  }
}
