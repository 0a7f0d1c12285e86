package com.visiquate.ccproxy.routing;

/** What one request is expected to cost on one backend, in nanoseconds. */
record Work(long load, long prompt, long output) {
  long untilFirstToken() {
    return load + prompt;
  }

  long total() {
    return load + prompt + output;
  }
}
