package com.visiquate.ccproxy.bus;

import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.fleet.QueueReport;
import java.util.Map;

/** What an operator wants to see, and its answers. */
public sealed interface OperatorMessage extends BusMessage {
  /**
   * The queues and the slots.
   *
   * @param most rows of each queue and of each backend
   */
  record Inspect(int most) implements OperatorMessage {
    /** Whoever wants to read of more has other troubles. */
    public static final int USUAL = 100;

    /** As much as people read. */
    public Inspect() {
      this(USUAL);
    }
  }

  /** The answer to {@link Inspect}. */
  record Inspected(QueueReport report) implements OperatorMessage {}

  /** How far have the answers come that run here? */
  record Look() implements OperatorMessage {}

  /**
   * The answer to {@link Look}.
   *
   * @param tokens of each answer that has begun, about
   */
  record Spoken(Map<ExchangeId, Integer> tokens) implements OperatorMessage {
    public Spoken {
      tokens = Map.copyOf(tokens);
    }
  }

  /** What has happened since the start? */
  record TotalsQuery() implements OperatorMessage {}

  /**
   * The answer to {@link TotalsQuery}.
   *
   * @param ended requests by how they ended
   * @param prompts tokens of all prompts of each model
   * @param cached how many of these were cached
   */
  record Totals(Map<Outcome, Long> ended, Map<ModelName, Long> prompts, Map<ModelName, Long> cached)
      implements OperatorMessage {
    public static final Totals NONE = new Totals(Map.of(), Map.of(), Map.of());

    public Totals {
      ended = Map.copyOf(ended);
      prompts = Map.copyOf(prompts);
      cached = Map.copyOf(cached);
    }
  }

  /** The meters. */
  record Scrape() implements OperatorMessage {}

  /** The answer to {@link Scrape}. */
  record Scraped(String text) implements OperatorMessage {}
}
