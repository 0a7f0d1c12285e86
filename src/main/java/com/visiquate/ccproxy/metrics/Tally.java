package com.visiquate.ccproxy.metrics;

import com.visiquate.ccproxy.bus.OperatorMessage.Totals;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Sums of what is counted anyway. */
final class Tally {
  private Tally() {}

  static Totals of(MeterRegistry registry) {
    Map<Outcome, Long> ended = new HashMap<>();
    for (Outcome outcome : Outcome.values()) {
      long count = sum(counters(registry, MeterTable.REQUESTS, "outcome", outcome.label()));
      ended.put(outcome, count);
    }
    // Ollama does not say what was cached; how long its prompts took does.
    return new Totals(
        ended,
        tokens(registry, MeterTable.TOKENS, "direction", "prompt"),
        tokens(registry, MeterTable.PREFIX_TOKENS, "kind", "observed"));
  }

  private static Map<ModelName, Long> tokens(
      MeterRegistry registry, MeterTable row, String tag, String value) {
    Map<ModelName, Long> tokens = new HashMap<>();
    for (Counter counter : counters(registry, row, tag, value)) {
      String model = counter.getId().getTag("model");
      if (model != null) {
        tokens.merge(new ModelName(model), (long) counter.count(), Long::sum);
      }
    }
    return tokens;
  }

  private static Collection<Counter> counters(
      MeterRegistry registry, MeterTable row, String tag, String value) {
    return registry.find(row.exposed()).tag(tag, value).counters();
  }

  private static long sum(Collection<Counter> counters) {
    return (long) counters.stream().mapToDouble(Counter::count).sum();
  }
}
