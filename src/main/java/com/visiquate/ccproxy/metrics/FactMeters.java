package com.visiquate.ccproxy.metrics;

import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.ExchangeEnded;
import com.visiquate.ccproxy.bus.Fact;
import com.visiquate.ccproxy.bus.Fact.CacheUsed;
import com.visiquate.ccproxy.bus.Fact.ConfigurationRead;
import com.visiquate.ccproxy.bus.Fact.Corrected;
import com.visiquate.ccproxy.bus.Fact.FellBack;
import com.visiquate.ccproxy.bus.Fact.FieldDropped;
import com.visiquate.ccproxy.bus.Fact.FirstTokenSeen;
import com.visiquate.ccproxy.bus.Fact.LongestWait;
import com.visiquate.ccproxy.bus.Fact.Looped;
import com.visiquate.ccproxy.bus.Fact.PrefixKept;
import com.visiquate.ccproxy.bus.Fact.PrefixSeen;
import com.visiquate.ccproxy.bus.Fact.PrefixWarmed;
import com.visiquate.ccproxy.bus.Fact.QueueDepth;
import com.visiquate.ccproxy.bus.Fact.RedisAsked;
import com.visiquate.ccproxy.bus.Fact.SlotHeld;
import com.visiquate.ccproxy.bus.Fact.Used;
import com.visiquate.ccproxy.bus.Fact.WarmEnded;
import com.visiquate.ccproxy.bus.Fact.WorkTakenOver;
import com.visiquate.ccproxy.fleet.Label;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;

/** Counts facts. */
final class FactMeters {
  private final RequestMeters requests;
  private final ScheduleMeters schedule;
  private final UseMeters use;
  private final CacheMeters cache;
  private final Held<Held.Level> waiting;
  private final Held<Held.Age> oldest;
  private final Held<Counter> configuration;
  private final Held.Level accepted;
  private final Held<Counter> warmUps;
  private final Held<Timer> warmUp;
  private final Held<Counter> dropped;
  private final Held<Counter> loops;

  FactMeters(Meters meters) {
    PrometheusMeterRegistry registry = meters.registry();
    requests = new RequestMeters(meters);
    schedule = new ScheduleMeters(meters);
    use = new UseMeters(registry);
    cache = new CacheMeters(registry);
    waiting = Held.levels(MeterTable.WAITING, registry);
    oldest = Held.ages(MeterTable.OLDEST, registry);
    configuration = Held.counters(MeterTable.CONFIGURATION, registry);
    // What runs was accepted.
    accepted = Held.levels(MeterTable.ACCEPTED, registry).of();
    accepted.set(1);
    warmUps = Held.counters(MeterTable.WARM_UPS, registry);
    warmUp = Held.timers(MeterTable.WARM_UP, registry);
    dropped = Held.counters(MeterTable.DROPPED, registry);
    loops = Held.counters(MeterTable.LOOPS, registry);
  }

  /** What is not told, but must be asked for. */
  Future<Void> ask(Bus bus) {
    return cache.ask(bus);
  }

  void count(ExchangeEnded ended) {
    requests.count(ended);
  }

  void count(Fact fact) {
    switch (fact) {
      case PrefixSeen seen -> schedule.count(seen);
      case PrefixKept kept -> schedule.count(kept);
      case FirstTokenSeen seen -> schedule.count(seen);
      case SlotHeld held -> schedule.count(held);
      case WorkTakenOver work -> schedule.count(work);
      case PrefixWarmed prefix -> schedule.count(prefix);
      case FellBack back -> schedule.count(back);
      case Used used -> use.count(used);
      case Corrected corrected -> schedule.count(corrected);
      case CacheUsed used -> cache.count(used);
      case RedisAsked asked -> cache.count(asked);
      case Looped looped -> loops.of(looped.alias()).increment();
      case FieldDropped field -> dropped.of(field.route(), field.field()).increment();
      case QueueDepth depth -> {
        String priority = Label.of(depth.priority());
        waiting.of(depth.model().value(), priority).set(depth.waiting());
      }
      case LongestWait wait -> oldest.of(wait.model().value()).since(wait.since());
      case WarmEnded warmed -> warmed(warmed);
      case ConfigurationRead read -> {
        configuration.of(Boolean.toString(read.accepted())).increment();
        accepted.set(read.accepted() ? 1 : 0);
      }
    }
  }

  private void warmed(WarmEnded warmed) {
    String backend = warmed.backend().value();
    String model = warmed.model().value();
    warmUps.of(backend, model, Boolean.toString(warmed.loaded())).increment();
    if (warmed.loaded()) {
      warmUp.of(backend, model).record(warmed.took());
    }
  }
}
