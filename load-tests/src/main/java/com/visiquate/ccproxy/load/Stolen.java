package com.visiquate.ccproxy.load;

import java.util.stream.IntStream;

/** What the host of a virtual machine takes from its cores, from one moment on. */
final class Stolen {
  private final long begin = System.nanoTime();
  private final double[] seconds;

  private Stolen(int cores) {
    seconds = IntStream.range(0, cores).mapToDouble(Usage::stolenSeconds).toArray();
  }

  static Stolen from(int cores) {
    return new Stolen(cores);
  }

  /** From the core that has lost most, until now. */
  double percent() {
    double most =
        IntStream.range(0, seconds.length)
            .mapToDouble(core -> Usage.stolenSeconds(core) - seconds[core])
            .max()
            .orElse(0);
    return most / ((System.nanoTime() - begin) / 1e9) * 100;
  }
}
