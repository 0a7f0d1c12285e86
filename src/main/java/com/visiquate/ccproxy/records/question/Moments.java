package com.visiquate.ccproxy.records.question;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Moments as people write them, in microseconds since 1970. */
final class Moments {
  private static final Pattern AGO = Pattern.compile("(\\d{1,6})([smhdw])");

  private Moments() {}

  /** By the name of the parameter that it comes from. */
  static long parse(String text, String param, Instant now) throws NotUnderstood {
    Matcher ago = AGO.matcher(text);
    if (ago.matches()) {
      return micros(now.minus(unit(ago.group(2)).multipliedBy(Long.parseLong(ago.group(1)))));
    }
    try {
      return micros(
          text.length() <= 10
              ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
              : OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException | ArithmeticException broken) {
      throw new NotUnderstood(
          ("%s: \"%s\" is no date (expected: 2026-11-30, 2026-11-30T10:00:00Z, or 7d for seven days"
                  + " ago)")
              .formatted(param, text),
          param);
    }
  }

  static long micros(Instant at) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at);
  }

  private static Duration unit(String letter) {
    return switch (letter) {
      case "s" -> Duration.ofSeconds(1);
      case "m" -> Duration.ofMinutes(1);
      case "h" -> Duration.ofHours(1);
      case "d" -> Duration.ofDays(1);
      default -> Duration.ofDays(7);
    };
  }
}
