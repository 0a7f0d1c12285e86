package com.visiquate.ccproxy.metrics;

import com.visiquate.ccproxy.bus.CacheMessage.Use;
import com.visiquate.ccproxy.bus.Fact.CacheUsed;
import com.visiquate.ccproxy.fleet.Label;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** Counts what the cache had to do with requests. */
final class CacheMeters {
  private final Held<Counter> requests;
  private final Held<Timer> age;

  CacheMeters(MeterRegistry registry) {
    requests = Held.counters(MeterTable.CACHE_REQUESTS, registry);
    age = Held.timers(MeterTable.CACHE_AGE, registry);
  }

  void count(CacheUsed used) {
    requests.of(Label.of(used.use())).increment();
    if (used.use() == Use.HIT) {
      age.of().record(used.age());
    }
  }
}
