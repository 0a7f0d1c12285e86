/**
 * Those that wait: who is ahead of whom, and who would make the best of a slot.
 *
 * <p>Enters: open exchanges that found no slot. Leaves: places, work ahead, and the few candidates
 * that are worth a look. Owns: every waiting exchange and the indices over them.
 */
@NullMarked
package com.visiquate.ccproxy.routing.waiting;

import org.jspecify.annotations.NullMarked;
