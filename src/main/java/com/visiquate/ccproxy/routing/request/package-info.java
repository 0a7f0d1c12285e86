/**
 * An open exchange, from its submission to its one end, and the words for what happens to it.
 *
 * <p>Enters: submissions, with their alias and class resolved. Leaves: {@link
 * com.visiquate.ccproxy.routing.request.RoutingEffect}s, which the world must carry out. Owns: what
 * an exchange has tried, where it runs, and on which of its fallback models it is.
 */
@NullMarked
package com.visiquate.ccproxy.routing.request;

import org.jspecify.annotations.NullMarked;
