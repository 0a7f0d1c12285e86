package com.visiquate.ccproxy.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** Shows what requests and backends do not tell: the process and its disk. */
final class MachineMeters {
  private final Path folder;
  private final String logFile;
  private final Held.Level diskFree;
  private final Held.Level logSize;

  /** What was read of the disk. */
  record Disk(long free, long logSize) {}

  /**
   * @param folder on whose disk there must be room
   * @param logFile empty for none
   */
  MachineMeters(MeterRegistry registry, Path folder, String logFile) {
    this.folder = folder;
    this.logFile = logFile;
    Instant started = Instant.ofEpochMilli(registry.config().clock().wallTime());
    Held.ages(MeterTable.UPTIME, registry).of().since(started);
    diskFree = Held.levels(MeterTable.DISK_FREE, registry).of();
    logSize = Held.levels(MeterTable.LOG_SIZE, registry).of();
  }

  /** Blocks for as long as the disk takes. */
  Disk read() throws IOException {
    long free = Files.getFileStore(folder.toAbsolutePath()).getUsableSpace();
    Path log = Path.of(logFile);
    return new Disk(free, !logFile.isEmpty() && Files.exists(log) ? Files.size(log) : 0);
  }

  void show(Disk disk) {
    diskFree.set((double) disk.free());
    logSize.set((double) disk.logSize());
  }
}
