package com.visiquate.ccproxy.metrics;

import com.visiquate.ccproxy.bus.ExchangeEnded;
import com.visiquate.ccproxy.bus.Fact.PromptCheck;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.config.AlertSettings.Short;
import com.visiquate.ccproxy.fleet.Label;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.fleet.Placement;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Counts requests that have ended. */
final class RequestMeters {
  private static final String NONE = "none";
  private final Held<Counter> requests;
  private final Held<Counter> failures;
  private final Held<Counter> responses;
  private final Held<Counter> failovers;
  private final Held<Counter> tokens;
  private final Held<Timer> total;
  private final Held<Timer> shortOnes;
  private final Held<Timer> queueWait;
  private final Held<Timer> firstToken;
  private final Held<Timer> outputToken;
  private final Held<Timer> overhead;
  private final Held<Counter> estimates;
  private final Held<DistributionDataPoint> estimateErrors;

  RequestMeters(Meters meters) {
    PrometheusMeterRegistry registry = meters.registry();
    requests = Held.counters(MeterTable.REQUESTS, registry);
    failures = Held.counters(MeterTable.FAILURES, registry);
    responses = Held.counters(MeterTable.RESPONSES, registry);
    failovers = Held.counters(MeterTable.FAILOVERS, registry);
    tokens = Held.counters(MeterTable.TOKENS, registry);
    total = Held.timers(MeterTable.TOTAL, registry);
    shortOnes = Held.timers(MeterTable.SHORT, registry);
    queueWait = Held.timers(MeterTable.QUEUE_WAIT, registry);
    firstToken = Held.timers(MeterTable.FIRST_TOKEN, registry);
    outputToken = Held.timers(MeterTable.OUTPUT_TOKEN, registry);
    overhead = Held.timers(MeterTable.OVERHEAD, registry);
    estimates = Held.counters(MeterTable.PROMPT_ESTIMATES, registry);
    estimateErrors = Held.shares(MeterTable.PROMPT_ERROR, meters);
  }

  void count(ExchangeEnded ended) {
    Placement placement = ended.placement();
    String model = placement == null ? NONE : placement.model().value();
    String backend = placement == null ? NONE : placement.backend().value();
    String outcome = ended.outcome().label();
    requests.of(ended.route(), ended.alias(), model, backend, outcome).increment();
    responses.of(ended.route(), Integer.toString(ended.status())).increment();
    total.of(ended.route(), model, outcome).record(ended.total());
    if (ended.failure() != null) {
      String kind = Label.of(ended.failure().kind());
      failures.of(ended.route(), kind).increment();
    }
    if (placement != null) {
      ran(ended, placement);
    }
  }

  private void ran(ExchangeEnded ended, Placement placement) {
    String model = placement.model().value();
    String backend = placement.backend().value();
    queueWait.of(model).record(placement.queued());
    if (placement.attempt() > 1) {
      failovers.of(model).increment(placement.attempt() - 1.0);
    }
    if (ended.firstToken() != null) {
      firstToken.of(model, backend).record(ended.firstToken());
    }
    spoke(ended.counts(), model, backend);
    if (ended.prompt() != null) {
      estimated(ended.prompt(), model);
    }
    if (ended.outcome() == Outcome.COMPLETED) {
      if (Short.DEFAULT.covers(ended.counts())) {
        shortOnes.of(model).record(ended.total());
      }
      overhead.of(ended.route()).record(overhead(ended, placement));
    }
  }

  /**
   * All time that neither the queue nor Ollama accounts for; so the network and what Ollama does
   * not count are in it.
   */
  private static Duration overhead(ExchangeEnded ended, Placement placement) {
    Counts counts = ended.counts();
    long upstream = counts.loadNanos() + counts.promptNanos() + counts.outputNanos();
    Duration spent = ended.total().minus(placement.queued()).minusNanos(upstream);
    return spent.isNegative() ? Duration.ZERO : spent;
  }

  private void estimated(PromptCheck prompt, String model) {
    estimates.of(model, "estimate").increment(prompt.estimated());
    estimates.of(model, "ollama").increment(prompt.counted());
    double error = Math.abs(prompt.estimated() - prompt.counted()) / (double) prompt.counted();
    estimateErrors.of(model).observe(error);
  }

  private void spoke(Counts counts, String model, String backend) {
    add(counts.promptTokens(), model, backend, "prompt");
    add(counts.cachedTokens(), model, backend, "cached");
    add(counts.outputTokens(), model, backend, "output");
    if (counts.outputTokens() > 0 && counts.outputNanos() > 0) {
      outputToken
          .of(model, backend)
          .record(counts.outputNanos() / counts.outputTokens(), TimeUnit.NANOSECONDS);
    }
  }

  private void add(int count, String model, String backend, String direction) {
    if (count > 0) {
      tokens.of(model, backend, direction).increment(count);
    }
  }
}
