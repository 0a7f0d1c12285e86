package com.visiquate.ccproxy.cluster.core;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What always holds between nodes, whatever befalls them; a failure names its world. */
@Tag("swarm")
@Execution(ExecutionMode.CONCURRENT)
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
