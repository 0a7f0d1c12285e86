/**
 * Who is next, and where: matches of vacant slots with waiting exchanges.
 *
 * <p>Enters: the waiting rooms, the backends and estimates. Leaves: starts. Owns: which model has
 * reserved a backend, and how much each client has had lately.
 */
@NullMarked
package com.visiquate.ccproxy.routing.dispatch;

import org.jspecify.annotations.NullMarked;
