package com.visiquate.ccproxy.backend.exchange;

import java.time.Duration;

/** How fast an answer comes: the longest of its last gaps, slowly forgotten. */
final class Pace {
  /** Gaps that Ollama gets to notice that its client has left. */
  private static final int GAPS = 2;

  private static final long LEAST_MILLIS = 30;
  private static final long MOST_MILLIS = 2_000;
  private static final long UNKNOWN_MILLIS = 250;

  private boolean heard;
  private long lastMillis;
  private long gapMillis = -1;

  /** The answer begins, though nothing of it was read yet. */
  void begin(long nowMillis) {
    lastMillis = nowMillis;
  }

  /** Something was read at this time. */
  void read(long nowMillis) {
    if (heard) {
      gapMillis = Math.max(nowMillis - lastMillis, gapMillis * 3 / 4);
    }
    heard = true;
    lastMillis = nowMillis;
  }

  /** For how long nothing was read. */
  long silentMillis(long nowMillis) {
    return nowMillis - lastMillis;
  }

  /** How long a slot stays taken after its connection was closed in mid-stream. */
  Duration settling() {
    long wait = gapMillis < 0 ? UNKNOWN_MILLIS : gapMillis * GAPS;
    return Duration.ofMillis(Math.clamp(wait, LEAST_MILLIS, MOST_MILLIS));
  }
}
