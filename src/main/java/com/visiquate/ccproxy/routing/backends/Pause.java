package com.visiquate.ccproxy.routing.backends;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The time for which a backend is left alone because it had no room, whatever was thought. */
final class Pause {
  /** How long, unless it says otherwise before. */
  private static final Duration LENGTH = Duration.ofSeconds(1);

  private @Nullable Instant until;

  void begin(Instant now) {
    until = now.plus(LENGTH);
  }

  /** It has no reason any more. */
  void end() {
    until = null;
  }

  /** Whether it was begun and not ended, though its time may be over. */
  boolean isSet() {
    return until != null;
  }

  boolean holds(Instant now) {
    return until != null && now.isBefore(until);
  }

  /** When it ends, or has ended; null when there is none. */
  @Nullable Instant until() {
    return until;
  }
}
