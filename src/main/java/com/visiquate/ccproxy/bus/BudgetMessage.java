package com.visiquate.ccproxy.bus;

import com.visiquate.ccproxy.bus.RecordsNews.BudgetStands;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.ClientId;
import java.util.List;
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

  /** How does it stand with all of them? */
  record BudgetsInquiry() implements BudgetMessage {}

  /** The answer to {@link BudgetsInquiry}. */
  record BudgetsFound(List<BudgetStands> budgets) implements BudgetMessage {
    public BudgetsFound {
      budgets = List.copyOf(budgets);
    }
  }
}
