package com.visiquate.ccproxy.alerts;

import com.visiquate.ccproxy.alerts.rules.Machine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Measures this process and its machine; blocks for as long as the disk takes. */
final class Gauges {
  private static final int UNKNOWN = -1;
  private final Path folder;
  private final String logFile;
  private final List<MemoryPoolMXBean> longLived =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP && pool.isValid())
          .filter(pool -> pool.getName().matches(".*(Old|Tenured).*"))
          .toList();

  /**
   * @param folder on whose disk there must be room
   * @param logFile empty for none
   */
  Gauges(Path folder, String logFile) {
    this.folder = folder;
    this.logFile = logFile;
  }

  Machine read() {
    return new Machine(free(), used(), logBytes());
  }

  private long free() {
    try {
      return Files.getFileStore(folder.toAbsolutePath()).getUsableSpace();
    } catch (IOException gone) {
      return UNKNOWN;
    }
  }

  private long logBytes() {
    try {
      return logFile.isEmpty() ? UNKNOWN : Files.size(Path.of(logFile));
    } catch (IOException notYet) {
      return UNKNOWN;
    }
  }

  /** What the last collection left where objects live that stay: the rest is only not swept yet. */
  private double used() {
    return longLived.stream().mapToDouble(Gauges::used).max().orElse(UNKNOWN);
  }

  private static double used(MemoryPoolMXBean pool) {
    MemoryUsage left = pool.getCollectionUsage();
    return left == null || left.getMax() <= 0 ? UNKNOWN : (double) left.getUsed() / left.getMax();
  }
}
