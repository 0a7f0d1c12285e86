/**
 * The scheduler's view of the backends: which are well, what runs there, what they still hold.
 *
 * <p>Enters: what backends say of themselves, and slots that were given out. Leaves: backends that
 * may take an exchange, and slots with the work that is left in them. Owns: the taken slots; the
 * view may be stale, since only a backend decides.
 */
@NullMarked
package com.visiquate.ccproxy.routing.backends;

import org.jspecify.annotations.NullMarked;
