package com.visiquate.ccproxy.config;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as written in the configuration: {@code 250ms}, {@code 300s}, {@code 5m}. */
public final class DurationText {
  private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
  private static final Map<String, Long> MILLIS =
      Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L);

  private DurationText() {}

  /** What it says; empty when it is none. */
  public static Optional<Duration> parse(String text) {
    if (text.equals("0")) {
      return Optional.of(Duration.ZERO);
    }
    Matcher form = FORM.matcher(text);
    return form.matches()
        ? Optional.of(Duration.ofMillis(Long.parseLong(form.group(1)) * millis(form.group(2))))
        : Optional.empty();
  }

  /** In seconds, as the defaults are documented; in milliseconds where seconds would lie. */
  static String print(Duration duration) {
    long millis = duration.toMillis();
    return millis % 1_000 == 0 ? millis / 1_000 + "s" : millis + "ms";
  }

  private static long millis(String unit) {
    return MILLIS.getOrDefault(unit, 1L);
  }
}
