package com.visiquate.ccproxy.http.exchange;

import com.visiquate.ccproxy.bus.BusMessage.Why;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.ExchangeId;

/** What an exchange tells the rest of the house. */
public interface ExchangeOwner {
  /** The answer is not wanted any more. */
  void leave(ExchangeId exchange, Why why);

  /** The client has taken so many messages. */
  void credit(BackendId backend, ExchangeId exchange, int messages);

  /** It has ended; told exactly once. */
  void ended(ExchangeFacts facts, Report report);
}
