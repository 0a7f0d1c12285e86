/**
 * Who is next, and where: the waiting room of every model.
 *
 * <p>Enters: submissions, departures, reports of the backends. Leaves: starts, refusals, places.
 * Owns: every request that has no slot yet.
 */
@NullMarked
package com.visiquate.ccproxy.routing;

import org.jspecify.annotations.NullMarked;
