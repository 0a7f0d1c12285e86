package com.visiquate.ccproxy.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Sizes as written in the configuration: {@code 64KiB}, {@code 32MiB}, {@code 1GiB}, bytes. */
final class SizeText {
  private static final Pattern FORM = Pattern.compile("(\\d{1,9})(B|KiB|MiB|GiB)?");

  private SizeText() {}

  static Optional<Long> parse(String text) {
    Matcher form = FORM.matcher(text);
    return form.matches()
        ? Optional.of(Long.parseLong(form.group(1)) << shift(form.group(2)))
        : Optional.empty();
  }

  /** In the largest unit that says it exactly. */
  static String print(long bytes) {
    if (bytes == 0) {
      return "0B";
    }
    int thousands = Math.min(3, Long.numberOfTrailingZeros(bytes) / 10);
    return (bytes >> (10 * thousands)) + new String[] {"B", "KiB", "MiB", "GiB"}[thousands];
  }

  private static int shift(@Nullable String unit) {
    return switch (unit == null ? "B" : unit) {
      case "KiB" -> 10;
      case "MiB" -> 20;
      case "GiB" -> 30;
      default -> 0;
    };
  }
}
