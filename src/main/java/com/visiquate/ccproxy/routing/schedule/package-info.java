/**
 * The scheduler, and all that it asks in turn.
 *
 * <p>Enters: one event and its time. Leaves: effects, in the order in which they must be done.
 * Owns: the plan that holds, the order of its parts, and the one end of every exchange.
 */
@NullMarked
package com.visiquate.ccproxy.routing.schedule;

import org.jspecify.annotations.NullMarked;
