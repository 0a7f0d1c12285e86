/**
 * All that the stages say to each other: one sealed family of records, a few typed addresses.
 *
 * <p>Enters: records of {@link com.visiquate.ccproxy.bus.BusMessage}. Leaves: the same, by
 * reference. Owns: the names of the addresses and the one codec. Beside that: the timer that the
 * shells of all stages set.
 */
@NullMarked
package com.visiquate.ccproxy.bus;

import org.jspecify.annotations.NullMarked;
