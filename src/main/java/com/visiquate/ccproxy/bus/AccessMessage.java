package com.visiquate.ccproxy.bus;

import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.ExchangeId;

/** What http and the turnstile of the keys say to each other. */
public sealed interface AccessMessage extends BusMessage {
  /**
   * May one more exchange of this key begin?
   *
   * @param key its name
   */
  record Enter(ExchangeId exchange, String key) implements AccessMessage, AboutExchange {}

  /** The answer to {@link Enter}. */
  sealed interface Entry extends AccessMessage {}

  record Entered() implements Entry {}

  record Barred(Failure failure) implements Entry {}

  /**
   * An exchange that had asked to enter has ended; told exactly once, whatever the answer was.
   *
   * @param tokens of its prompt and its answer
   */
  record Exited(ExchangeId exchange, long tokens) implements AccessMessage, AboutExchange {}
}
