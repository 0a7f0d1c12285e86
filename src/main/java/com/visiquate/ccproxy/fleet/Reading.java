package com.visiquate.ccproxy.fleet;

import java.time.Duration;

/**
 * What is expected of the computing of one prompt.
 *
 * @param batch how long Ollama computes at one go, during which nothing stops it
 * @param atOnce whether nothing comes before it, so that the time since it was sent tells how far
 *     it is
 */
public record Reading(Duration batch, boolean atOnce) {
  /** The same where others may be computed in between. */
  public Reading amongOthers() {
    return new Reading(batch, false);
  }

  /** Nothing is known. */
  public static final Reading UNKNOWN = new Reading(Duration.ZERO, false);
}
