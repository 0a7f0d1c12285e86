package com.visiquate.ccproxy.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** What the kernel says of processes and cores: CPU time, in seconds, and memory. */
final class Usage {
  private static final double TICKS_PER_SECOND = 100;

  private Usage() {}

  /** User and system time of a process and its children. */
  static double cpuSeconds(ProcessHandle process) {
    return family(process).mapToDouble(Usage::cpuSeconds).sum();
  }

  static double cpuSeconds(long pid) {
    String stat = read(Path.of("/proc/" + pid + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
  }

  /** Resident memory of a process and its children, in MB of 1,000,000 bytes. */
  static double residentMegabytes(ProcessHandle process) {
    return family(process).mapToDouble(pid -> statusLine(pid, "VmRSS:")).sum();
  }

  /** The most resident memory that a process and its children have had, in MB. */
  static double peakMegabytes(ProcessHandle process) {
    return family(process).mapToDouble(pid -> statusLine(pid, "VmHWM:")).sum();
  }

  private static double statusLine(long pid, String name) {
    return read(Path.of("/proc/" + pid + "/status"))
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) * 1_024 / 1e6)
        .sum();
  }

  /** The time for which a core has been busy with this machine's programs, whichever. */
  static double busySeconds(int core) {
    // user, nice, system, irq, softirq; not idle, iowait and steal.
    return coreSeconds(core, 1, 2, 3, 6, 7);
  }

  /** The time for which a core had work, but the host of a virtual machine let others run. */
  static double stolenSeconds(int core) {
    return coreSeconds(core, 8);
  }

  private static double coreSeconds(int core, int... columns) {
    String line =
        read(Path.of("/proc/stat"))
            .lines()
            .filter(l -> l.startsWith("cpu" + core + " "))
            .findFirst()
            .orElse("");
    String[] fields = line.split(" +");
    return IntStream.of(columns).mapToLong(i -> Long.parseLong(fields[i])).sum() / TICKS_PER_SECOND;
  }

  private static LongStream family(ProcessHandle process) {
    return LongStream.concat(
        LongStream.of(process.pid()), process.descendants().mapToLong(ProcessHandle::pid));
  }

  static String read(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException gone) {
      throw new UncheckedIOException("cannot read " + path + ": has a process ended early?", gone);
    }
  }
}
