package com.visiquate.ccproxy.metrics;

import com.visiquate.ccproxy.bus.Fact.Corrected;
import com.visiquate.ccproxy.bus.Fact.FellBack;
import com.visiquate.ccproxy.bus.Fact.FirstTokenSeen;
import com.visiquate.ccproxy.bus.Fact.PrefixKept;
import com.visiquate.ccproxy.bus.Fact.PrefixSeen;
import com.visiquate.ccproxy.bus.Fact.PrefixWarmed;
import com.visiquate.ccproxy.bus.Fact.SlotHeld;
import com.visiquate.ccproxy.bus.Fact.WorkTakenOver;
import com.visiquate.ccproxy.fleet.Label;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import java.time.Duration;

/** Compares what the schedule expected with what came. */
final class ScheduleMeters {
  private final Held<Counter> prefixes;
  private final Held<DistributionDataPoint> prefixErrors;
  private final Held<DistributionDataPoint> prefixKept;
  private final Held<Counter> prefixChanges;
  private final Held<Timer> expected;
  private final Held<Timer> actual;
  private final Held<DistributionDataPoint> firstTokenErrors;
  private final Held<Timer> held;
  private final Held<Counter> adopted;
  private final Held<Counter> warmed;
  private final Held<Counter> fallbacks;
  private final Held<Counter> corrections;

  ScheduleMeters(Meters meters) {
    PrometheusMeterRegistry registry = meters.registry();
    prefixes = Held.counters(MeterTable.PREFIX_TOKENS, registry);
    prefixErrors = Held.shares(MeterTable.PREFIX_ERROR, meters);
    prefixKept = Held.shares(MeterTable.PREFIX_KEPT, meters);
    prefixChanges = Held.counters(MeterTable.PREFIX_CHANGES, registry);
    expected = Held.timers(MeterTable.FIRST_TOKEN_EXPECTED, registry);
    actual = Held.timers(MeterTable.FIRST_TOKEN_ACTUAL, registry);
    firstTokenErrors = Held.shares(MeterTable.FIRST_TOKEN_ERROR, meters);
    held = Held.timers(MeterTable.HELD, registry);
    warmed = Held.counters(MeterTable.PREFIX_WARM_UPS, registry);
    adopted = Held.counters(MeterTable.ADOPTED, registry);
    fallbacks = Held.counters(MeterTable.FALLBACKS, registry);
    corrections = Held.counters(MeterTable.CORRECTIONS, registry);
  }

  void count(PrefixSeen seen) {
    String model = seen.model().value();
    String backend = seen.backend().value();
    prefixes.of(model, backend, "expected").increment(seen.expected());
    prefixes.of(model, backend, "observed").increment(seen.observed());
    double error =
        (double) Math.abs(seen.observed() - seen.expected()) / Math.max(1, seen.tokens());
    prefixErrors.of(model, backend).observe(error);
  }

  void count(PrefixKept kept) {
    String model = kept.model().value();
    prefixKept.of(model).observe((double) kept.kept() / Math.max(1, kept.previous()));
    if (kept.changed() != null) {
      prefixChanges.of(model, Label.of(kept.changed())).increment();
    }
  }

  void count(FirstTokenSeen seen) {
    String model = seen.model().value();
    String backend = seen.backend().value();
    expected.of(model, backend).record(seen.expected());
    actual.of(model, backend).record(seen.actual());
    firstTokenErrors.of(model, backend).observe(error(seen.expected(), seen.actual()));
  }

  void count(Corrected one) {
    String belief = Label.of(one.belief());
    corrections.of(one.model().value(), one.backend().value(), belief).increment();
  }

  void count(PrefixWarmed prefix) {
    String whole = Boolean.toString(prefix.whole());
    warmed.of(prefix.model().value(), prefix.backend().value(), whole).increment();
  }

  void count(WorkTakenOver work) {
    String phase = work.answering() ? "answer" : "prompt";
    adopted.of(work.model().value(), work.backend().value(), phase).increment();
  }

  void count(FellBack back) {
    String reason = Label.of(back.reason());
    fallbacks.of(back.model().value(), back.to().value(), reason).increment();
  }

  private static double error(Duration expected, Duration actual) {
    double longer = Math.max(1, Math.max(expected.toNanos(), actual.toNanos()));
    return Math.abs(expected.toNanos() - actual.toNanos()) / longer;
  }

  void count(SlotHeld slot) {
    String returned = Boolean.toString(slot.returned());
    held.of(slot.model().value(), slot.backend().value(), returned).record(slot.held());
  }
}
