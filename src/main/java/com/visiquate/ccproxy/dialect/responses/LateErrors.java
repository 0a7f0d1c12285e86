package com.visiquate.ccproxy.dialect.responses;

import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.dialect.ByteSink;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Puts failures into the words of a stream that has begun, which has no status to tell them. */
final class LateErrors {
  private static final Duration USUAL_WAIT = Duration.ofSeconds(5);

  private LateErrors() {}

  static void write(Failure failure, ByteSink out) {
    out.raw("{\"code\":").json(code(failure)).raw(",\"message\":").json(message(failure)).raw("}");
  }

  /** Codex gives a turn up, shortens the conversation, or waits and tries again: by this code. */
  private static String code(Failure failure) {
    return switch (failure.kind()) {
      case PROMPT_TOO_LONG -> "context_length_exceeded";
      case BUDGET_SPENT -> "insufficient_quota";
      case INVALID, UNKNOWN_MODEL, UNAUTHENTICATED, FORBIDDEN, CANCELLED, NOT_CACHED ->
          "invalid_prompt";
      case QUEUE_FULL, QUEUE_TIMEOUT, RATE_LIMITED, NO_BACKEND, SHUTTING_DOWN ->
          "rate_limit_exceeded";
      case BACKEND_ERROR, BACKEND_LOST, BACKEND_TIMEOUT, CLIENT_GONE, INTERNAL -> "server_error";
    };
  }

  private static String message(Failure failure) {
    return switch (failure.kind()) {
      case QUEUE_FULL, QUEUE_TIMEOUT, RATE_LIMITED, NO_BACKEND, SHUTTING_DOWN ->
          // Codex reads the wait from these very words.
          "%s Please try again in %ds.".formatted(failure.message(), wait(failure.retryAfter()));
      default -> failure.message();
    };
  }

  private static long wait(@Nullable Duration asked) {
    return Math.max(1, (asked == null ? USUAL_WAIT : asked).plusMillis(999).toSeconds());
  }
}
