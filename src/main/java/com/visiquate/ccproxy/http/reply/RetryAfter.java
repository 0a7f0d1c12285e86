package com.visiquate.ccproxy.http.reply;

import com.visiquate.ccproxy.chat.Failure;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * When to come back: never 0 (some clients then retry without any gap) and never 60 s or more
 * (others then give up), spread so that a refused swarm does not come back as one.
 */
public record RetryAfter(long millis) {
  private static final Duration LEAST = Duration.ofSeconds(2);
  private static final Duration MOST = Duration.ofSeconds(45);
  private static final Duration UNTOLD = Duration.ofSeconds(5);
  private static final double SPREAD = 0.2;

  /** The estimate of a failure, within bounds, 20 % more or less. */
  public static RetryAfter of(@Nullable Duration estimate, RandomGenerator random) {
    Duration honest = estimate == null ? UNTOLD : estimate;
    long bounded = Math.clamp(honest.toMillis(), LEAST.toMillis(), MOST.toMillis());
    return new RetryAfter(Math.round(bounded * random.nextDouble(1 - SPREAD, 1 + SPREAD)));
  }

  /** Whole seconds, because not every client reads fractions. */
  public long seconds() {
    return Math.max(1, Math.round(millis / 1000.0));
  }

  /** Whether sending the same again helps; null where only the client can tell. */
  public static @Nullable Boolean advised(Failure.Kind kind) {
    return switch (kind) {
      case QUEUE_FULL,
          QUEUE_TIMEOUT,
          RATE_LIMITED,
          NO_BACKEND,
          BACKEND_ERROR,
          BACKEND_LOST,
          BACKEND_TIMEOUT,
          SHUTTING_DOWN ->
          true;
      case INVALID,
          UNKNOWN_MODEL,
          PROMPT_TOO_LONG,
          CLIENT_GONE,
          CANCELLED,
          NOT_CACHED,
          UNAUTHENTICATED,
          FORBIDDEN,
          BUDGET_SPENT ->
          false;
      case INTERNAL -> null;
    };
  }
}
