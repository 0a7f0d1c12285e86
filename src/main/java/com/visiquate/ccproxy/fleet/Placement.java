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
  /** By the model that it was meant for. */
  public Placement(BackendId backend, ModelName model, int attempt, Duration queued) {
    this(backend, model, attempt, queued, null);
  }
}
