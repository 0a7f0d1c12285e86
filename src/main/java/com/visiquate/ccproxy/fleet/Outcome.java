package com.visiquate.ccproxy.fleet;

/** How a request ended. Every request ends in exactly one of these. */
public enum Outcome {
  COMPLETED,
  CLIENT_GONE,
  BACKEND_ERROR,
  BACKEND_LOST,
  TIMEOUT,
  REFUSED,
  SHUTDOWN,

  /** An operator did not want it to go on. */
  CANCELLED;

  /** The name in metrics and logs. */
  public String label() {
    return Label.of(this);
  }
}
