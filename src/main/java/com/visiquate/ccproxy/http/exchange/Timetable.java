package com.visiquate.ccproxy.http.exchange;

import java.time.Duration;
import java.time.Instant;

/**
 * When one exchange is due: for a sign of life, or for its end. Owns when its client was last sent
 * something.
 */
final class Timetable {
  /** The owner of the slot knows better why time is up; this one speaks only when nobody does. */
  private static final Duration GRACE = Duration.ofMillis(250);

  private final ExchangeFacts facts;
  private Instant lastSign;
  private boolean committed;

  Timetable(ExchangeFacts facts) {
    this.facts = facts;
    lastSign = facts.arrived();
  }

  /** The client has been sent something. */
  void signed(Instant now) {
    lastSign = now;
    committed = true;
  }

  /** Nobody who should have ended it has done so. */
  boolean isOver(Instant now) {
    return now.isAfter(end());
  }

  boolean beatIsDue(Instant now) {
    return !now.isBefore(beat());
  }

  /** The first moment at which there may be something to do. */
  Instant next() {
    Instant end = end();
    Instant beat = beat();
    return beat.isBefore(end) ? beat : end;
  }

  private Instant beat() {
    return lastSign.plus(committed ? facts.waiting().heartbeat() : facts.waiting().commitAfter());
  }

  private Instant end() {
    return facts.deadline().plus(GRACE);
  }
}
