package com.visiquate.ccproxy.cluster.core;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What always holds between nodes, whatever befalls them. */
@Tag("swarm")
final class PartitionHistoriesTest {
  /** {@code -Dccproxy.partitions.histories=10000} looks for rarer things. */
  private static final int HISTORIES = Integer.getInteger("ccproxy.partitions.histories", 500);

  @Test
  void holdsInManyHistories() {
    long seed = Long.getLong("ccproxy.partitions.seed", 0);
    for (long i = 0; i < HISTORIES; i++) {
      new History(seed + i).run();
    }
  }
}
