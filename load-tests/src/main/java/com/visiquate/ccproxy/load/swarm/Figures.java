package com.visiquate.ccproxy.load.swarm;

import java.util.List;
import java.util.Map;

/**
 * What came of one strategy; times are seconds of the swarm.
 *
 * @param scale how many times faster than real it ran
 * @param bound the lower one of the makespan
 * @param waits by kind of agent, and of all of them
 * @param tokensPerSecond generated, of all servers
 * @param agentMean from its start to the end of its last turn
 * @param hits share of all prompt tokens that were cached
 * @param fairness Jain's index over the agents' speeds, each compared with itself alone
 * @param recorded by backend; empty where nothing is
 * @param strip who held which slot, as text
 */
record Figures(
    Strategy strategy,
    double scale,
    long seed,
    int agents,
    double makespan,
    double bound,
    Map<String, Waits> waits,
    double tokensPerSecond,
    double agentMean,
    double hits,
    double fairness,
    Counters counters,
    List<Recorded> recorded,
    String strip) {
  /** Figures of older runs say nothing of records. */
  Figures {
    recorded = recorded == null ? List.of() : List.copyOf(recorded);
  }

  /** The key of all kinds together. */
  static final String ALL = "all";

  /**
   * How long turns waited.
   *
   * @param p50 to the first token, as the others
   * @param longest until it had a slot
   */
  record Waits(int turns, double p50, double p95, double p99, double longest) {}

  /**
   * How often something happened.
   *
   * @param swaps loads of a model after the first one of each server
   * @param silentWaits requests that waited inside an Ollama
   */
  record Counters(long swaps, long silentWaits, Holds holds, int refusals, int failures) {}

  double ratio() {
    return makespan / bound;
  }
}
