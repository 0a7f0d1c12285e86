package com.visiquate.ccproxy.launch.top;

/** Spans of time as people read them. */
final class Spans {
  private Spans() {}

  /** 7s, 2m05s, 1h02m; what is less than nothing is now. */
  static String of(long millis) {
    long seconds = Math.max(0, Math.round(millis / 1_000.0));
    if (seconds < 60) {
      return seconds + "s";
    }
    return seconds < 3_600
        ? "%dm%02ds".formatted(seconds / 60, seconds % 60)
        : "%dh%02dm".formatted(seconds / 3_600, seconds / 60 % 60);
  }
}
