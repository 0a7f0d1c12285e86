package com.visiquate.ccproxy.load;

/**
 * One kind of load that all gateways are put under.
 *
 * @param onlyWhileAllRun count the CPU of tokens only between the last stream's first token and the
 *     first stream's end
 */
record Load(String name, Ask ask, Arrivals arrivals, boolean onlyWhileAllRun) {
  Load(String name, Ask ask, Arrivals arrivals) {
    this(name, ask, arrivals, false);
  }
}
