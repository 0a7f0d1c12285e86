package com.visiquate.ccproxy.backend;

import com.visiquate.ccproxy.fleet.GhostRule;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What becomes of a prompt whose client leaves before the first token. */
enum Departure {
  /**
   * Ollama computes it to its end whatever we do, so its connection tells when the slot is free.
   */
  FINISHES,
  /** Closing would abort the load of the model, so it stays until the model is in memory. */
  LOADS,
  /** Ollama stops soon after the connection was closed. */
  STOPS;

  /** The first line of Ollama that stops. */
  private static final int STOPS_MAJOR = 0;

  private static final int STOPS_MINOR = 33;
  private static final Pattern VERSION = Pattern.compile("v?(\\d{1,6})\\.(\\d{1,6}).*");

  /**
   * The rule for one request.
   *
   * @param version as reported; empty when not known, which counts as the older line: there, taking
   *     a slot for free makes the next request wait for the whole prompt
   */
  static Departure of(GhostRule rule, String version, boolean resident) {
    boolean stops =
        switch (rule) {
          case AUTO -> stops(version);
          case FINISHES -> false;
          case STOPS -> true;
        };
    if (!stops) {
      return FINISHES;
    }
    return resident ? STOPS : LOADS;
  }

  private static boolean stops(String version) {
    Matcher parts = VERSION.matcher(version);
    if (!parts.matches()) {
      return false;
    }
    int major = Integer.parseInt(parts.group(1));
    int minor = Integer.parseInt(parts.group(2));
    return major > STOPS_MAJOR || minor >= STOPS_MINOR;
  }
}
