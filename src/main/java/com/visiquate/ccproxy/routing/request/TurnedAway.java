package com.visiquate.ccproxy.routing.request;

import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.Outcome;

/** A request that its model does not answer, and why. */
public record TurnedAway(OpenExchange exchange, Failure failure, Outcome outcome) {}
