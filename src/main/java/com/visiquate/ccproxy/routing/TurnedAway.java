package com.visiquate.ccproxy.routing;

import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.Outcome;

/** A request that its model does not answer, and why. */
record TurnedAway(Ticket ticket, Failure failure, Outcome outcome) {}
