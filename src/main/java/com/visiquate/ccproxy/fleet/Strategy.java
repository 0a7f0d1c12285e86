package com.visiquate.ccproxy.fleet;

import java.util.Locale;

/** How a backend is chosen. */
public enum Strategy {
  /** The least expected time to the first token. */
  LEAST_BUSY,
  /** The fewest running requests, in order of arrival. */
  LEAST_REQUESTS,
  ROUND_ROBIN,
  SHUFFLE;

  /** The name in the configuration file. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
