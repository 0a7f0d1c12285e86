package com.visiquate.ccproxy.fleet;

import java.util.Locale;

/** How a request ended. Every request ends in exactly one of these. */
public enum Outcome {
  COMPLETED,
  CLIENT_GONE,
  BACKEND_ERROR,
  BACKEND_LOST,
  TIMEOUT,
  REFUSED,
  SHUTDOWN;

  /** The name in metrics and logs. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
