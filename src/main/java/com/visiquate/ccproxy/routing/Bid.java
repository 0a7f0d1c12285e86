package com.visiquate.ccproxy.routing;

/**
 * What it would mean to start a request in an opening.
 *
 * @param key the least is the best
 */
record Bid(Ticket ticket, Opening opening, Estimate estimate, double key) {}
