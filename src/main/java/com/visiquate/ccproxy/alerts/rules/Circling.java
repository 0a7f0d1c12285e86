package com.visiquate.ccproxy.alerts.rules;

import com.visiquate.ccproxy.bus.BusMessage;
import com.visiquate.ccproxy.bus.Fact.Looped;
import com.visiquate.ccproxy.config.AlertRule;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Agents that call the same tools again and again, and get the same results. */
final class Circling implements Rule {
  private static final int MOST_CLIENTS = 1_000;
  private final AlertRule rule;
  private final Map<String, Last> clients = new Recent<>(MOST_CLIENTS);

  private record Last(String alias, int times, Instant at) {}

  Circling(AlertRule rule) {
    this.rule = rule;
  }

  @Override
  public void hear(BusMessage message, Instant now) {
    if (message instanceof Looped looped && looped.times() >= rule.times()) {
      clients.put(looped.client().value(), new Last(looped.alias(), looped.times(), now));
    }
  }

  @Override
  public List<Finding> look(Instant now) {
    clients.values().removeIf(last -> !now.isBefore(last.at.plus(rule.span())));
    return clients.entrySet().stream()
        .map(entry -> finding(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static Finding finding(String client, Last last) {
    return Finding.warning(
        client,
        ("%s goes round in circles: %d times in a row the same calls of %s got the same results."
                + " Look at what it does, and stop it where that leads nowhere;"
                + " nothing is blocked.")
            .formatted(client, last.times, last.alias));
  }
}
