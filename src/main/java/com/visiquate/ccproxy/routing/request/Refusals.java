package com.visiquate.ccproxy.routing.request;

import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.Failure.Kind;
import com.visiquate.ccproxy.fleet.Catalogue;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.Outcome;
import java.time.Duration;

/** The words in which routing refuses a request. */
public final class Refusals {
  private static final Duration SOON = Duration.ofSeconds(5);

  private Refusals() {}

  public static Failure unknownModel(String name, Catalogue catalogue) {
    String nearest = String.join(", ", catalogue.nearest(name));
    String message =
        "The model `%s` does not exist or you do not have access to it.".formatted(name);
    String names = nearest.isEmpty() ? "" : " Nearest known names: " + nearest + ".";
    return unknownModel(message + names);
  }

  public static Failure modelRemoved(ModelName model) {
    return unknownModel(
        "The model `%s` was removed from the configuration while the request waited for it."
            .formatted(model));
  }

  public static Failure queueFull(ModelName model, int length, Duration nextPlace) {
    String message =
        "The queue of the model `%s` is full: %d requests wait already; try again later.";
    return Failure.of(Kind.QUEUE_FULL, message.formatted(model, length))
        .retryingAfter(atLeastASecond(nextPlace));
  }

  public static Failure waitedTooLong(Duration waited, Duration estimate) {
    String message = "The request found no free slot within %d s; try again later.";
    return Failure.of(Kind.QUEUE_TIMEOUT, message.formatted(waited.toSeconds()))
        .retryingAfter(atLeastASecond(estimate));
  }

  public static Failure wouldWaitTooLong(Duration estimate, Duration bound) {
    String message =
        "The request would wait about %d s for a free slot, longer than the %d s that it may wait;"
            + " try again later.";
    return Failure.of(
            Kind.QUEUE_TIMEOUT, message.formatted(estimate.toSeconds(), bound.toSeconds()))
        .retryingAfter(atLeastASecond(estimate.minus(bound)));
  }

  public static Failure noBackend(ModelName model) {
    String message = "No server that has the model `%s` is up at the moment; try again soon.";
    return Failure.of(Kind.NO_BACKEND, message.formatted(model)).retryingAfter(SOON);
  }

  public static Failure idInUse() {
    return Failure.invalid("A request with the same request id is still running.", null, null);
  }

  /** How a request ends that a backend has failed and no other one takes. */
  public static Outcome outcome(Failure failure) {
    return switch (failure.kind()) {
      case BACKEND_LOST -> Outcome.BACKEND_LOST;
      case BACKEND_TIMEOUT, QUEUE_TIMEOUT -> Outcome.TIMEOUT;
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
          NO_BACKEND,
          NOT_CACHED ->
          Outcome.REFUSED;
      case BACKEND_ERROR, INTERNAL -> Outcome.BACKEND_ERROR;
    };
  }

  private static Failure unknownModel(String message) {
    return new Failure(Kind.UNKNOWN_MODEL, message, "", "model", "model_not_found", null, null);
  }

  private static Duration atLeastASecond(Duration wait) {
    return wait.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : wait;
  }
}
