package com.visiquate.ccproxy.routing;

import com.visiquate.ccproxy.routing.request.Estimate;
import com.visiquate.ccproxy.routing.request.OpenExchange;

/**
 * What it would mean to start a request in an opening.
 *
 * @param key the least is the best
 */
record Bid(OpenExchange ticket, Opening opening, Estimate estimate, double key) {}
