package com.visiquate.ccproxy.alerts.rules;

import com.visiquate.ccproxy.bus.BusMessage;
import java.time.Instant;
import java.util.List;

/**
 * Something that may be wrong. Rules are told everything, and keep what they need, within bounds.
 */
interface Rule {
  /** Something happened. */
  default void hear(BusMessage message, Instant now) {}

  /** The machine was measured. */
  default void measured(Machine machine) {}

  /** What is wrong now: at most one finding for each subject. */
  List<Finding> look(Instant now);
}
