package com.visiquate.ccproxy.access;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What always holds of the limits of keys over nodes; a failure names its world. */
@Tag("swarm")
@Execution(ExecutionMode.CONCURRENT)
final class QuotaHistoriesTest {
  /** {@code -Dccproxy.quotas.histories=100000} looks for rarer things. */
  private static final int HISTORIES = Integer.getInteger("ccproxy.quotas.histories", 300);

  private static final long SEED = Long.getLong("ccproxy.quotas.seed", 0);

  /** Nodes die and come back, and messages are lost: all that is open is within the limit. */
  @Test
  void holdWhateverDies() {
    for (long seed = SEED; seed < SEED + HISTORIES; seed++) {
      new QuotaHistory(seed, false).run();
    }
  }

  /** Nodes are cut off from others: what those have told who are heard is within the limit. */
  @Test
  void holdOnEachSideOfACut() {
    for (long seed = SEED; seed < SEED + HISTORIES; seed++) {
      new QuotaHistory(seed, true).run();
    }
  }
}
