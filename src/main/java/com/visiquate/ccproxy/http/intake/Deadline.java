package com.visiquate.ccproxy.http.intake;

import com.visiquate.ccproxy.fleet.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * When an exchange must have ended, and when its client stops waiting for it. An SDK says how long
 * it waits ({@code x-stainless-timeout}); signs of life keep it from then on, and if they do not,
 * it says so by leaving. Only a whole answer whose client stops before the first sign must have
 * ended by then.
 */
final class Deadline {
  /** Stands for "never"; still a time that can be reckoned with. */
  private static final Duration FAR = Duration.ofDays(365);

  private static final Pattern SECONDS = Pattern.compile("[1-9]\\d{0,5}(\\.\\d{1,9})?");

  private Deadline() {}

  /**
   * How long a client waits.
   *
   * @param timeout seconds, as {@code x-stainless-timeout} or {@code x-stainless-read-timeout} say
   */
  static Duration patience(@Nullable String timeout) {
    return timeout == null || !SECONDS.matcher(timeout).matches()
        ? FAR
        : Duration.ofMillis((long) (Double.parseDouble(timeout) * 1000));
  }

  static Instant of(Instant arrived, Limits limits, Duration patience, boolean keptBySigns) {
    Duration total = limits.total().isZero() ? FAR : limits.total();
    boolean bounds = !keptBySigns && patience.compareTo(total) < 0;
    return arrived.plus(bounds ? patience : total);
  }
}
