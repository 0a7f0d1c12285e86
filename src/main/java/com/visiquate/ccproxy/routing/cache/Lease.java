package com.visiquate.ccproxy.routing.cache;

import org.jspecify.annotations.Nullable;

/** A place that a request has taken, until one of three things is said about its end. */
public final class Lease {
  private final Places places;
  private final Place place;
  private final int kept;
  private final @Nullable Resident before;

  Lease(Places places, Place place, int kept, @Nullable Resident before) {
    this.places = places;
    this.place = place;
    this.kept = kept;
    this.before = before;
  }

  /** The length of the request that need not be computed again. */
  public int kept() {
    return kept;
  }

  /** What the place held; null when that was nothing, or not known. */
  public @Nullable Resident before() {
    return before;
  }

  /** It is over, and this is what it leaves behind. */
  public void release(Resident left) {
    places.release(place, left);
  }

  /** It is over, and nobody knows what the place holds now. */
  public void abandon() {
    places.release(place, null);
  }

  /** It never ran. */
  public void restore() {
    places.release(place, before);
  }
}
