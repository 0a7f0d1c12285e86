package com.visiquate.ccproxy.load;

import java.io.IOException;
import java.time.Duration;

/**
 * How soon a gateway is ready and how much memory it has before its first request.
 *
 * @param readyMillis from the start of the process to the first 200, median, on all cores
 * @param readyOnOneCoreMillis the same on the gateway's core alone
 * @param idleMegabytes resident, some seconds after it was ready
 */
record Footprint(double readyMillis, double readyOnOneCoreMillis, double idleMegabytes) {
  private static final Duration SETTLING = Duration.ofSeconds(3);

  /** One start: milliseconds until ready, megabytes afterwards. */
  private record Start(double ready, double idle) {}

  static Footprint of(Gateways kind, int backend, Settings settings, Cores cores, Calm calm)
      throws IOException, InterruptedException {
    double[] ready = new double[settings.starts()];
    double[] onOneCore = new double[settings.starts()];
    double[] idle = new double[settings.starts()];
    for (int i = 0; i < settings.starts(); i++) {
      Start start = calm.of(() -> start(kind, cores.all(), backend, settings));
      ready[i] = start.ready();
      idle[i] = start.idle();
      String one = Integer.toString(cores.gateway());
      onOneCore[i] = calm.of(() -> start(kind, one, backend, settings)).ready();
    }
    return new Footprint(Results.median(ready), Results.median(onOneCore), Results.median(idle));
  }

  private static Start start(Gateways kind, String cores, int backend, Settings settings)
      throws IOException, InterruptedException {
    try (Program program = kind.start(cores, backend, settings).program()) {
      Thread.sleep(SETTLING);
      return new Start(program.readyMillis(), Usage.residentMegabytes(program.handle()));
    }
  }
}
