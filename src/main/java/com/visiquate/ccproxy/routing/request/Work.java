package com.visiquate.ccproxy.routing.request;

/**
 * The work of one request itself on one backend, in nanoseconds.
 *
 * @param load of its model; 0 when that is in memory
 * @param prompt tokens that are not cached, by the rate that was learnt there
 * @param output tokens of its answer, as many as are usual for its alias
 */
public record Work(long load, long prompt, long output) {
  public long untilFirstToken() {
    return load + prompt;
  }

  long total() {
    return load + prompt + output;
  }
}
