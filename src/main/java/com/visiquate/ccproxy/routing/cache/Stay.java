package com.visiquate.ccproxy.routing.cache;

import org.jspecify.annotations.Nullable;

/**
 * A place that a request has taken if one theory is right.
 *
 * @param before what the place held; null when that was nothing, or not known
 * @param promise how much of the request need not be computed again
 */
record Stay(Places places, Place place, @Nullable Resident before, Promise promise) {
  void end(@Nullable Resident left) {
    places.release(place, left);
  }

  /** In a place more than there are: Ollama runs what was not known to have room. */
  static Stay extra(Places places) {
    return new Stay(places, places.extra(), null, Promise.NOTHING);
  }
}
