package com.visiquate.ccproxy.backend.exchange;

import com.visiquate.ccproxy.bus.BusMessage;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.Outcome;

/** What follows from a failure. */
public final class Verdict {
  private Verdict() {}

  /** What a client is told when a connection broke, or could not be made at all. */
  public static Failure lost(boolean connected, Throwable cause) {
    String message =
        connected
            ? "The connection to the model server broke; please try again."
            : "The model server cannot be reached; please try again.";
    return Failure.of(Failure.Kind.BACKEND_LOST, message, String.valueOf(cause.getMessage()));
  }

  /** How an exchange ended that failed in this way. */
  static Outcome outcome(Failure failure) {
    return switch (failure.kind()) {
      case BACKEND_LOST -> Outcome.BACKEND_LOST;
      case BACKEND_TIMEOUT -> Outcome.TIMEOUT;
      case CLIENT_GONE -> Outcome.CLIENT_GONE;
      case CANCELLED -> Outcome.CANCELLED;
      case SHUTTING_DOWN -> Outcome.SHUTDOWN;
      case INVALID,
          UNKNOWN_MODEL,
          UNAUTHENTICATED,
          FORBIDDEN,
          RATE_LIMITED,
          BUDGET_SPENT,
          PROMPT_TOO_LONG,
          QUEUE_FULL,
          QUEUE_TIMEOUT,
          NO_BACKEND,
          NOT_CACHED,
          BACKEND_ERROR,
          INTERNAL ->
          Outcome.BACKEND_ERROR;
    };
  }

  /** How an exchange ended that was given up for this reason. */
  static Outcome outcome(BusMessage.Why why) {
    return switch (why) {
      case CLIENT_GONE, CLIENT_TOO_SLOW -> Outcome.CLIENT_GONE;
      case TIMEOUT -> Outcome.TIMEOUT;
      case SHUTDOWN -> Outcome.SHUTDOWN;
      case CANCELLED -> Outcome.CANCELLED;
    };
  }

  /** Whether another backend may do better; a request that is itself wrong fails everywhere. */
  static boolean elsewhere(Failure failure) {
    return switch (failure.kind()) {
      case INVALID, PROMPT_TOO_LONG -> false;
      default -> true;
    };
  }

  /** Whether a failure is the server's own. */
  static boolean blames(Failure failure) {
    return switch (failure.kind()) {
      case BACKEND_ERROR, BACKEND_LOST, BACKEND_TIMEOUT -> true;
      default -> false;
    };
  }
}
