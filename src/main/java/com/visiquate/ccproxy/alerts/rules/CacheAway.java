package com.visiquate.ccproxy.alerts.rules;

import com.visiquate.ccproxy.bus.BusMessage;
import com.visiquate.ccproxy.bus.CacheMessage.CacheStatus;
import com.visiquate.ccproxy.config.AlertRule;
import java.time.Instant;
import java.util.List;

/** The Redis of the cache has not answered for long. */
final class CacheAway implements Rule {
  private final AlertRule rule;
  private CacheStatus status = new CacheStatus(0, 0, false, null, "");

  CacheAway(AlertRule rule) {
    this.rule = rule;
  }

  @Override
  public void hear(BusMessage message, Instant now) {
    if (message instanceof CacheStatus heard) {
      status = heard;
    }
  }

  @Override
  public List<Finding> look(Instant now) {
    Instant since = status.away();
    if (since == null) {
      return List.of();
    }
    String text =
        ("The Redis of the cache does not answer since %s (%s). No request fails by that, but what"
                + " other gateways have answered runs again. See whether it runs at cache.redis, is"
                + " as quick as 20 ms, and knows the password.")
            .formatted(since, status.why());
    return List.of(Finding.warning("", text).lasting(rule.span(), since));
  }
}
