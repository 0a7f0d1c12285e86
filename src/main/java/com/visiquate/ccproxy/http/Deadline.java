package com.visiquate.ccproxy.http;

import com.visiquate.ccproxy.fleet.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * When an exchange must have ended: after {@code limits.total}, and for a whole answer no later
 * than the client's SDK says that it stops reading. A stream needs no such bound: heartbeats keep
 * it.
 */
final class Deadline {
  /** Stands for "never" where the limit is off; still a time that can be reckoned with. */
  private static final Duration FAR = Duration.ofDays(365);

  private static final Pattern SECONDS = Pattern.compile("[1-9]\\d{0,5}(\\.\\d{1,9})?");

  private Deadline() {}

  /**
   * @param timeout seconds, as {@code x-stainless-timeout} or {@code x-stainless-read-timeout} say
   */
  static Instant of(Instant arrived, Limits limits, boolean stream, @Nullable String timeout) {
    Duration total = limits.total().isZero() ? FAR : limits.total();
    if (stream || timeout == null || !SECONDS.matcher(timeout).matches()) {
      return arrived.plus(total);
    }
    Duration patience = Duration.ofMillis((long) (Double.parseDouble(timeout) * 1000));
    return arrived.plus(patience.compareTo(total) < 0 ? patience : total);
  }
}
