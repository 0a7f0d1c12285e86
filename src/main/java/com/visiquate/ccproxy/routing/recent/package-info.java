/**
 * Collections that remember the last few of something and forget the rest.
 *
 * <p>Enters: what is observed. Leaves: what is usual, and what was there a while ago. Owns: their
 * own bounds, so that nothing in routing grows with the time that it runs.
 */
@NullMarked
package com.visiquate.ccproxy.routing.recent;

import org.jspecify.annotations.NullMarked;
