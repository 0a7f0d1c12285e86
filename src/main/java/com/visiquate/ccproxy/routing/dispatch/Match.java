package com.visiquate.ccproxy.routing.dispatch;

import com.visiquate.ccproxy.routing.request.Estimate;
import com.visiquate.ccproxy.routing.request.OpenExchange;

/**
 * What it would mean to start a request in an opening.
 *
 * @param key the least is the best
 */
record Match(OpenExchange exchange, Vacancy vacancy, Estimate estimate, double key) {}
