package com.visiquate.ccproxy.routing;

import com.visiquate.ccproxy.fleet.ModelName;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One taken slot: for which model, since when, and how much work is expected to be left. */
final class Seat {
  private final ModelName model;
  private final Instant since;
  private final Work work;
  private @Nullable Instant firstToken;
  private boolean ghost;

  Seat(ModelName model, Work work, Instant since) {
    this.model = model;
    this.work = work;
    this.since = since;
  }

  ModelName model() {
    return model;
  }

  boolean isGhost() {
    return ghost;
  }

  void spoke(Instant now) {
    firstToken = now;
  }

  /** Nobody wants the answer any more, but the prompt is computed to its end. */
  void becomeGhost() {
    ghost = true;
  }

  /** Nanoseconds until the slot is expected to be free. */
  long remaining(Instant now) {
    if (ghost) {
      return left(work.untilFirstToken(), since, now);
    }
    if (firstToken != null) {
      return left(work.output(), firstToken, now);
    }
    return left(work.untilFirstToken(), since, now) + work.output();
  }

  /** What has taken longer than expected is expected to take a tenth longer still. */
  private static long left(long expected, Instant from, Instant now) {
    long spent = Math.max(0, Duration.between(from, now).toNanos());
    return Math.max(expected - spent, Math.min(expected, spent) / 10);
  }
}
