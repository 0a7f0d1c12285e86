package com.visiquate.ccproxy.routing.request;

import com.visiquate.ccproxy.bus.BusMessage.Lost;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.ModelName;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a request has tried in vain: backends of its model, and the models that it left behind. */
public final class Tries {
  private final @Nullable FallbackPath path;
  private final Set<BackendId> backends = new HashSet<>(1);
  private @Nullable Failure last;

  /**
   * Nothing yet for this model.
   *
   * @param path null while it is with the model that it is meant for
   */
  Tries(@Nullable FallbackPath path) {
    this.path = path;
  }

  void add(Lost lost) {
    backends.add(lost.backend());
    // That one of them lacks the model tells least: the others may have it and be back soon.
    if (last == null || lost.failure().kind() != Failure.Kind.UNKNOWN_MODEL) {
      last = lost.failure();
    }
  }

  public boolean has(BackendId backend) {
    return backends.contains(backend);
  }

  /** How many backends have failed it for this model. */
  int size() {
    return backends.size();
  }

  /** Why the last backend that has its model failed it; null when none has. */
  public @Nullable Failure last() {
    return last;
  }

  /** Its way from model to model; null while it is with its own. */
  public @Nullable FallbackPath path() {
    return path;
  }

  /** The model that it is meant for and that did not answer it; null while it is with that one. */
  @Nullable ModelName origin() {
    return path == null ? null : path.origin();
  }

  /** The number of its next attempt, from 1. */
  int next() {
    return (path == null ? 0 : path.attempts()) + backends.size() + 1;
  }
}
