package com.visiquate.ccproxy.load.swarm;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * Where a gateway is started.
 *
 * @param ollamas the three simulators
 * @param scale how many times faster than real they run
 * @param policy of ccproxy
 * @param jar of ccproxy
 * @param folder for configurations and logs
 */
record Site(List<URI> ollamas, double scale, Policy policy, Path jar, Path folder) {
  Site {
    ollamas = List.copyOf(ollamas);
  }

  /** Seconds of the swarm as milliseconds of this machine. */
  long millis(double seconds) {
    return Math.round(seconds / scale * 1_000);
  }

  static URI local(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }
}
