package com.visiquate.ccproxy.bus;

import java.time.Instant;

/** What the records say of themselves to all who watch; published when it changes. */
public sealed interface RecordsNews extends BusMessage {
  /**
   * How far a budget is used.
   *
   * @param name of the budget
   * @param share that is used in its period; 1 is all of it
   * @param warn the share at which its owner wants to hear of it
   * @param text what is used and what may be, in words
   * @param resets when its next period begins
   */
  record BudgetStands(String name, double share, double warn, String text, Instant resets)
      implements RecordsNews {
    private static final double USUAL_WARNING = 0.8;

    /** One with the usual warning. */
    public BudgetStands(String name, double share, String text, Instant resets) {
      this(name, share, USUAL_WARNING, text, resets);
    }
  }
}
