package com.visiquate.ccproxy.backend;

import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.ModelName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** Since when each exchange has held its slot; says how long it did once it does no more. */
final class SlotTimes {
  private final Map<ExchangeId, Instant> since = new HashMap<>();
  private final InstantSource clock;
  private final Reports reports;

  SlotTimes(InstantSource clock, Reports reports) {
    this.clock = clock;
    this.reports = reports;
  }

  void taken(ExchangeId exchange) {
    since.put(exchange, clock.instant());
  }

  /** Another exchange has the slot from now on. */
  void passed(ExchangeId from, ExchangeId to, ModelName model) {
    freed(from, model);
    taken(to);
  }

  void freed(ExchangeId exchange, ModelName model) {
    Instant begin = since.remove(exchange);
    if (begin != null) {
      reports.freed(exchange, model, Duration.between(begin, clock.instant()));
    }
  }
}
