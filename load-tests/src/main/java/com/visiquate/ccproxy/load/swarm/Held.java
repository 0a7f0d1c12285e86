package com.visiquate.ccproxy.load.swarm;

/**
 * One turn in one slot, as the simulator tells it; times are seconds of the swarm.
 *
 * @param server 0, 1 or 2
 */
record Held(
    String agent, int server, Span span, int promptTokens, int cachedTokens, int answerTokens) {

  /** Not a warm-up. */
  boolean isOfSwarm() {
    return !agent.isEmpty();
  }

  /** When it came to the server, got the slot, spoke first and ended. */
  record Span(double came, double seated, double spoke, double ended) {}
}
