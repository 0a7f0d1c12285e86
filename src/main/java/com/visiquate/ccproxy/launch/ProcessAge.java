package com.visiquate.ccproxy.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * How long this process has been there. On Linux from what the kernel counts since the machine's
 * boot: the JDK adds that to a time of boot which is only known to the second, and is wrong by up
 * to one.
 */
final class ProcessAge {
  /**
   * Fields of /proc/self/stat after the name, which may contain anything but ends with a bracket.
   */
  private static final int STARTED = 19;

  /** Of the kernel's clock in that file, whatever its own is. */
  private static final long TICK_MILLIS = 10;

  private ProcessAge() {}

  /** Zero where the system does not tell. */
  static Duration now() {
    try {
      return of(
          Files.readString(Path.of("/proc/self/stat")), Files.readString(Path.of("/proc/uptime")));
    } catch (IOException | RuntimeException notLinux) {
      Instant now = Instant.now();
      return Duration.between(ProcessHandle.current().info().startInstant().orElse(now), now);
    }
  }

  /** From the contents of these two files. */
  static Duration of(String stat, String uptime) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long started = Long.parseLong(fields[STARTED]) * TICK_MILLIS;
    long up = Math.round(Double.parseDouble(uptime.substring(0, uptime.indexOf(' '))) * 1000);
    return Duration.ofMillis(Math.max(0, up - started));
  }
}
