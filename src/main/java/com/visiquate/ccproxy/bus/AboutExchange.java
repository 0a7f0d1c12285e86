package com.visiquate.ccproxy.bus;

import com.visiquate.ccproxy.fleet.ExchangeId;

/** What is said of one exchange, so that a bug that it meets is that exchange's end and no more. */
public interface AboutExchange {
  ExchangeId exchange();
}
