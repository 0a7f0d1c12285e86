package com.visiquate.ccproxy.metrics;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.CacheMessage.CacheInquiry;
import com.visiquate.ccproxy.bus.CacheMessage.CacheStatus;
import com.visiquate.ccproxy.bus.CacheMessage.Use;
import com.visiquate.ccproxy.bus.Fact.CacheUsed;
import com.visiquate.ccproxy.bus.Fact.RedisAsked;
import com.visiquate.ccproxy.fleet.Label;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import java.time.Duration;

/** Counts what the cache had to do with requests, and shows what is in it. */
final class CacheMeters {
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final Held<Counter> requests;
  private final Held<Timer> age;
  private final Held<Timer> redis;
  private final Held<Held.Level> entries;
  private final Held<Held.Level> kept;
  private final Held<Held.Age> away;

  CacheMeters(MeterRegistry registry) {
    requests = Held.counters(MeterTable.CACHE_REQUESTS, registry);
    age = Held.timers(MeterTable.CACHE_AGE, registry);
    redis = Held.timers(MeterTable.CACHE_REDIS, registry);
    entries = Held.levels(MeterTable.CACHE_ENTRIES, registry);
    kept = Held.levels(MeterTable.CACHE_KEPT, registry);
    away = Held.ages(MeterTable.CACHE_AWAY, registry);
  }

  void count(CacheUsed used) {
    requests.of(Label.of(used.use()), Label.of(used.reason())).increment();
    if (used.use() == Use.HIT) {
      age.of().record(used.age());
    }
  }

  void count(RedisAsked asked) {
    redis.of(Label.of(asked.reply())).record(asked.took());
  }

  /** Asks at the moment of a scrape; nobody answers where nothing is shared. */
  Future<Void> ask(Bus bus) {
    return bus.ask(Address.CACHE_STATUS, new CacheInquiry(), PATIENCE)
        .onSuccess(this::show)
        .transform(told -> Future.succeededFuture());
  }

  private void show(CacheStatus status) {
    entries.of().set((double) status.entries());
    kept.of().set((double) status.bytes());
    if (status.remote()) {
      away.of().since(status.away());
    }
  }
}
