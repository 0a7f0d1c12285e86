package com.visiquate.ccproxy.load;

import java.io.IOException;

/**
 * Which cores are whose.
 *
 * @param gateway the one core of the gateway under test
 * @param others the cores of the load generator and of the fake
 */
record Cores(int gateway, String others, int count) {
  static Cores ofThisMachine() {
    int count = Runtime.getRuntime().availableProcessors();
    return new Cores(0, count == 1 ? "0" : count == 2 ? "1" : "1-" + (count - 1), count);
  }

  String all() {
    return "0-" + (count - 1);
  }

  /** Moves all threads of this process away from the gateway's core. */
  void leaveTheGatewayAlone() throws IOException, InterruptedException {
    String self = Long.toString(ProcessHandle.current().pid());
    Process taskset = new ProcessBuilder("taskset", "-a", "-p", "-c", others, self).start();
    if (taskset.waitFor() != 0) {
      throw new IOException("taskset is missing or may not pin (Debian: apt install util-linux)");
    }
  }
}
