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

  static Footprint of(Gateways kind, int backend, Settings settings, Cores cores)
      throws IOException, InterruptedException {
    double[] ready = new double[settings.starts()];
    double[] onOneCore = new double[settings.starts()];
    double[] idle = new double[settings.starts()];
    for (int i = 0; i < settings.starts(); i++) {
      try (Program program = kind.start(cores.all(), backend, settings).program()) {
        ready[i] = program.readyMillis();
        Thread.sleep(SETTLING);
        idle[i] = Usage.residentMegabytes(program.handle());
      }
      try (Program program =
          kind.start(Integer.toString(cores.gateway()), backend, settings).program()) {
        onOneCore[i] = program.readyMillis();
      }
    }
    return new Footprint(Results.median(ready), Results.median(onOneCore), Results.median(idle));
  }
}
