package com.visiquate.ccproxy.routing.request;

/** What one request is expected to cost on one backend, in nanoseconds. */
public record Work(long load, long prompt, long output) {
  public long untilFirstToken() {
    return load + prompt;
  }

  long total() {
    return load + prompt + output;
  }
}
