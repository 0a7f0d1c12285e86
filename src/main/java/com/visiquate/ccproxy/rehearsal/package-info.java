/**
 * Asks a gateway what clients will ask, so that its code is compiled before the first of them
 * comes.
 *
 * <p>Enters: the port of a gateway that is there for this alone. Leaves: requests of every dialect.
 * Owns: what is asked, when, and when it is enough.
 */
@NullMarked
package com.visiquate.ccproxy.rehearsal;

import org.jspecify.annotations.NullMarked;
