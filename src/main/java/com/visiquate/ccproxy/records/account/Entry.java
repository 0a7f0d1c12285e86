package com.visiquate.ccproxy.records.account;

import com.visiquate.ccproxy.bus.RequestRecord;
import org.jspecify.annotations.Nullable;

/**
 * One step of a record: what it is now, and what it was before. Sums take the difference, so that
 * steps may be added to them in any order, each once.
 *
 * @param before null for the first step
 */
public record Entry(RequestRecord now, @Nullable RequestRecord before) {
  /** This step and the next one in one. */
  Entry then(Entry next) {
    return new Entry(next.now, before);
  }
}
