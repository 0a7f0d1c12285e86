package com.visiquate.ccproxy.records.journal;

/** All before this place, in bytes, of this segment; and all segments before it. */
public record Position(long segment, long place) {
  public static final Position START = new Position(0, 0);
}
