package com.visiquate.ccproxy.routing;

/**
 * What an Ollama says that it is, and what it does.
 *
 * @param version as it reports it
 * @param stored tokens that it keeps in main memory besides its slots; 0 on the older line
 */
record SwarmOllama(String version, int stored) {
  static final SwarmOllama OLDER = new SwarmOllama("0.24.0", 0);
  static final SwarmOllama NEWER = new SwarmOllama("0.33.1", 150_000);

  /** The same with another store. */
  SwarmOllama storing(int tokens) {
    return new SwarmOllama(version, tokens);
  }
}
