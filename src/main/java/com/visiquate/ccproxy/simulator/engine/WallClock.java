package com.visiquate.ccproxy.simulator.engine;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** The simulator's time: nanoseconds that never go back, and how Go writes them. */
public final class WallClock {
  private static final DateTimeFormatter HTTP =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT);
  private static final long SECOND = 1_000_000_000L;

  /** Since 1970; good until 2262. */
  private final long start = ChronoUnit.NANOS.between(Instant.EPOCH, Instant.now());

  private final long origin = System.nanoTime();
  private long second = Long.MIN_VALUE;
  private String prefix = "";
  private String header = "";

  /** Since this clock was made. */
  public long now() {
    return System.nanoTime() - origin;
  }

  /** RFC 3339 with nanoseconds, trailing zeros cut, as Go marshals a time. */
  public String rfc3339(long at) {
    long nanos = start + at;
    turnTo(Math.floorDiv(nanos, SECOND));
    String fraction = Long.toString(SECOND + Math.floorMod(nanos, SECOND));
    int end = fraction.length();
    while (fraction.charAt(end - 1) == '0' && end > 1) {
      end--;
    }
    return end == 1 ? prefix + "Z" : prefix + "." + fraction.substring(1, end) + "Z";
  }

  /** Microseconds since 1970. */
  long micros(long at) {
    return (start + at) / 1_000;
  }

  /** The {@code Date} header. */
  public String date(long at) {
    turnTo(Math.floorDiv(start + at, SECOND));
    return header;
  }

  private void turnTo(long seconds) {
    if (seconds != second) {
      second = seconds;
      ZonedDateTime time = Instant.ofEpochSecond(seconds).atZone(ZoneOffset.UTC);
      prefix = SECONDS.format(time);
      header = HTTP.format(time);
    }
  }
}
