package com.visiquate.ccproxy.routing.cache;

import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.Priority;
import java.time.Duration;
import java.time.Instant;

/**
 * A conversation that a cache holds while it does not run.
 *
 * @param chain the request, and the answer when there was one
 * @param turn the end of the request alone, by which its next turn is known
 * @param since when it ended
 * @param chance that it comes back, 0 to 1
 * @param within how soon, if it does
 */
public record CachedPrompt(
    ModelName model,
    Chain chain,
    long turn,
    Priority priority,
    Instant since,
    double chance,
    Duration within) {}
