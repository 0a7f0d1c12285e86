package com.visiquate.ccproxy.bus;

import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.ClientId;
import org.jspecify.annotations.Nullable;

/** What is asked and said about budgets. */
public sealed interface BudgetMessage extends BusMessage {
  /**
   * May this client begin one more request?
   *
   * @param key the name of the key that it came in with; empty without one
   */
  record MayBegin(String key, ClientId client) implements BudgetMessage {}

  /**
   * The answer.
   *
   * @param objection why it may not; null when it may
   */
  record BudgetAnswer(@Nullable Failure objection) implements BudgetMessage {}
}
