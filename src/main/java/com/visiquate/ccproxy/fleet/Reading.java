package com.visiquate.ccproxy.fleet;

import java.time.Duration;

/**
 * What is expected of the computing of one prompt.
 *
 * @param batch how long Ollama computes at one go, during which nothing stops it
 * @param atOnce whether nothing comes before it, so that the time since it was sent tells how far
 *     it is
 * @param longest after so long it is stuck; zero when that is not known
 */
public record Reading(Duration batch, boolean atOnce, Duration longest) {
  /** Of which it is not known when it is stuck. */
  public Reading(Duration batch, boolean atOnce) {
    this(batch, atOnce, Duration.ZERO);
  }

  /** The same where others may be computed in between. */
  public Reading amongOthers() {
    return new Reading(batch, false, longest);
  }

  /** Nothing is known. */
  public static final Reading UNKNOWN = new Reading(Duration.ZERO, false);
}
