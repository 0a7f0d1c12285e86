package com.visiquate.ccproxy.routing.request;

import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.Fallbacks;
import com.visiquate.ccproxy.fleet.ModelName;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * One request that its model did not answer, on its way from model to model: each is asked at most
 * once. Owns which of them were asked, and what is told when none of them answers.
 */
public final class FallbackPath {
  private final Fallbacks fallbacks;
  private final TurnedAway first;
  private final List<ModelName> asked = new ArrayList<>();
  private int attempts;
  private int tooSmall;

  /** It begins where its own model failed it so. */
  public FallbackPath(TurnedAway first) {
    this.first = first;
    this.fallbacks = first.exchange().submission().fallback().fallbacks();
    asked.add(origin());
  }

  /** Whether a failure is one of a model, and not of the request, its client or the gateway. */
  public static boolean isMended(Failure failure) {
    return switch (failure.kind()) {
      case UNKNOWN_MODEL,
          PROMPT_TOO_LONG,
          QUEUE_FULL,
          QUEUE_TIMEOUT,
          NO_BACKEND,
          BACKEND_ERROR,
          BACKEND_LOST,
          BACKEND_TIMEOUT ->
          true;
      case INVALID,
          UNAUTHENTICATED,
          FORBIDDEN,
          RATE_LIMITED,
          BUDGET_SPENT,
          CLIENT_GONE,
          CANCELLED,
          NOT_CACHED,
          SHUTTING_DOWN,
          INTERNAL ->
          false;
    };
  }

  /** The model that it was meant for. */
  public ModelName origin() {
    return first.exchange().model();
  }

  /** What its client is told when nobody answers: why its own model did not. */
  public TurnedAway first() {
    return first;
  }

  /** So many backends have failed it for the models that it has left behind. */
  int attempts() {
    return attempts;
  }

  /**
   * Where it goes next, if anywhere. A prompt that was too long for a window goes to larger ones
   * only, whatever happens to it there.
   *
   * @param why what happened to it on the model that it leaves
   * @param windows tokens of each model's window; 0 of one that is not configured any more
   */
  public @Nullable ModelName next(
      OpenExchange leaving, Failure why, ToIntFunction<ModelName> windows) {
    attempts += leaving.tries().size();
    if (!isMended(why)) {
      return null;
    }
    if (why.kind() == Failure.Kind.PROMPT_TOO_LONG) {
      tooSmall = Math.max(tooSmall, windows.applyAsInt(leaving.model()));
    }
    ModelName next = tooSmall > 0 ? among(fallbacks.larger(), windows) : null;
    if (next == null && why.kind() != Failure.Kind.PROMPT_TOO_LONG) {
      next = among(fallbacks.others(), windows);
    }
    if (next != null) {
      asked.add(next);
    }
    return next;
  }

  private @Nullable ModelName among(List<ModelName> models, ToIntFunction<ModelName> windows) {
    for (ModelName model : models) {
      if (!asked.contains(model) && windows.applyAsInt(model) > tooSmall) {
        return model;
      }
    }
    return null;
  }
}
