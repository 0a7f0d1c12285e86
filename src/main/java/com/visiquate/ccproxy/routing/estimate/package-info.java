/**
 * What a request would cost on a backend, and how long somebody waits; see docs/scheduling.md for
 * each term.
 *
 * <p>Enters: counts of answers that have ended, caches, what else runs. Leaves: {@link
 * com.visiquate.ccproxy.routing.request.Estimate}s in nanoseconds, forecasts and holds. Owns: what
 * has been learnt: rates, lengths of answers, who comes back and how soon.
 */
@NullMarked
package com.visiquate.ccproxy.routing.estimate;

import org.jspecify.annotations.NullMarked;
