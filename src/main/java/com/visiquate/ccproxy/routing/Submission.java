package com.visiquate.ccproxy.routing;

import com.visiquate.ccproxy.chat.ModelRequest;
import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.Priority;
import java.time.Instant;

/**
 * A request that wants a slot, its alias and class resolved.
 *
 * @param ingress number of the {@code http} verticle that holds the client's connection
 * @param deadline when the whole exchange must have ended
 */
record Submission(
    ExchangeId exchange,
    int ingress,
    ModelName model,
    ModelRequest request,
    Priority priority,
    ClientId client,
    Instant deadline) {}
