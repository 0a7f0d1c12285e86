package com.visiquate.ccproxy.records.question;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** From a moment, included, to another; microseconds since 1970. */
public record Period(long from, long to) {
  private static final Duration USUAL = Duration.ofDays(30);

  static Period of(String from, String to, Instant now) throws NotUnderstood {
    long end = to.isEmpty() ? Moments.micros(now) + 1 : Moments.parse(to, "to", now);
    long begin =
        from.isEmpty() ? Moments.micros(now.minus(USUAL)) : Moments.parse(from, "from", now);
    if (begin > end) {
      throw new NotUnderstood("from: it is later than to", "from");
    }
    return new Period(begin, end);
  }

  /** Its begin. */
  public Instant begin() {
    return Instant.EPOCH.plus(from, ChronoUnit.MICROS);
  }

  /** Its end. */
  public Instant end() {
    return Instant.EPOCH.plus(to, ChronoUnit.MICROS);
  }

  public boolean isEmpty() {
    return from >= to;
  }
}
