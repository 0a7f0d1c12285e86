package com.visiquate.ccproxy.records.account;

import com.visiquate.ccproxy.bus.RequestRecord;
import com.visiquate.ccproxy.bus.RequestRecord.Price;

/** Says what a request cost, by what is known of it. */
@FunctionalInterface
public interface Pricing {
  /** Everything is free. */
  Pricing NONE = record -> Price.NONE;

  Price of(RequestRecord record);
}
