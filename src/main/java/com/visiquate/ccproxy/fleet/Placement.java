package com.visiquate.ccproxy.fleet;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where a request runs.
 *
 * @param attempt 1 for the first backend that is tried
 * @param queued how long it waited for its slot
 * @param insteadOf the model that it was meant for and that could not answer it; null when that is
 *     the one
 */
public record Placement(
    BackendId backend,
    ModelName model,
    int attempt,
    Duration queued,
    @Nullable ModelName insteadOf) {
  /** What stands for a backend where an answer came from the cache; no backend may have it. */
  public static final BackendId CACHE = new BackendId("cache");

  /** Of an answer from the cache. */
  public static Placement cached(ModelName model) {
    return new Placement(CACHE, model, 1, Duration.ZERO);
  }

  /** Whether nothing ran. */
  public boolean isCached() {
    return backend.equals(CACHE);
  }

  /** By the model that it was meant for. */
  public Placement(BackendId backend, ModelName model, int attempt, Duration queued) {
    this(backend, model, attempt, queued, null);
  }
}
