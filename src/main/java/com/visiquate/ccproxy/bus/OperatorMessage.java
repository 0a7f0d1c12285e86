package com.visiquate.ccproxy.bus;

import com.visiquate.ccproxy.fleet.QueueReport;

/** What an operator wants to see, and its answers. */
public sealed interface OperatorMessage extends BusMessage {
  /** The queues and the slots. */
  record Inspect() implements OperatorMessage {}

  /** The answer to {@link Inspect}. */
  record Inspected(QueueReport report) implements OperatorMessage {}

  /** The meters. */
  record Scrape() implements OperatorMessage {}

  /** The answer to {@link Scrape}. */
  record Scraped(String text) implements OperatorMessage {}
}
