package com.visiquate.ccproxy.rehearsal;

import java.time.Duration;
import java.time.Instant;

/**
 * Decides when the gateway asks itself the next request. Owns how many it has asked. It begins with
 * a prelude, for which the gateway that serves waits before it listens. After it it never takes
 * more than half of the time, makes way for real requests, and counts each of them as one of its
 * own: they are the better ones.
 */
final class Rehearsal {
  /** Requests of the prelude: each kind of those that agents send, several times. */
  static final int PRELUDE = 48;

  /** Requests between two rests. */
  static final int BURST = 5;

  /**
   * How long real requests are left alone, counted from the last one that is known to have ended.
   */
  static final Duration COURTESY = Duration.ofMillis(20);

  private static final Duration LONGEST_REST = Duration.ofMillis(100);

  private final int requests;
  private final Instant prelude;
  private final Instant end;
  private int asked;
  private int inBurst;
  private long real;
  private Instant burst = Instant.MIN;

  /** What is to be done now. */
  sealed interface Next {
    /** Ask the request of this number, from 0, and come back when it is answered. */
    record Ask(int number) implements Next {}

    /** Come back after this time. */
    record Rest(Duration time) implements Next {}

    /** It is enough. */
    record Over() implements Next {}
  }

  /**
   * Of so many requests.
   *
   * @param prelude when the prelude is over at the latest
   * @param end after which nothing more is asked
   */
  Rehearsal(int requests, Instant prelude, Instant end) {
    this.requests = requests;
    this.prelude = prelude;
    this.end = end;
  }

  int asked() {
    return asked;
  }

  /** Whether the gateway that serves still waits. */
  boolean isPrelude(Instant now) {
    return asked < Math.min(PRELUDE, requests) && now.isBefore(prelude);
  }

  /**
   * What is next.
   *
   * @param answered real requests that have ended since the start
   */
  Next next(Instant now, long answered) {
    if (asked + answered >= requests || !now.isBefore(end)) {
      return new Next.Over();
    }
    if (answered > real) {
      real = answered;
      return rest(COURTESY);
    }
    return inBurst >= BURST && !isPrelude(now) ? rest(Duration.between(burst, now)) : ask(now);
  }

  private Next ask(Instant now) {
    if (inBurst == 0) {
      burst = now;
    }
    inBurst++;
    return new Next.Ask(asked++);
  }

  private Next rest(Duration time) {
    inBurst = 0;
    return new Next.Rest(time.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : time);
  }
}
