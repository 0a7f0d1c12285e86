package com.visiquate.ccproxy.fleet;

import java.time.Duration;

/**
 * Where a request runs.
 *
 * @param attempt 1 for the first backend that is tried
 * @param queued how long it waited for its slot
 */
public record Placement(BackendId backend, ModelName model, int attempt, Duration queued) {}
