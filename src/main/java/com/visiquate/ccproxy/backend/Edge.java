package com.visiquate.ccproxy.backend;

import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.LogKeys;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where Ollama and timers call a run: a bug ends its exchange and no other. */
final class Edge {
  private static final Logger LOG = LoggerFactory.getLogger(Edge.class);
  private final Supplier<ExchangeId> exchange;
  private final Runnable crash;

  /**
   * Of one run.
   *
   * @param crash ends it
   */
  Edge(Supplier<ExchangeId> exchange, Runnable crash) {
    this.exchange = exchange;
    this.crash = crash;
  }

  void guard(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException bug) {
      LOG.atError()
          .addKeyValue(LogKeys.EXCHANGE, exchange.get())
          .setCause(bug)
          .log("failed by a bug");
      crash.run();
    }
  }
}
