/**
 * The words of the fleet: backends, models, aliases, bounds, states.
 *
 * <p>Enters: settings and observations. Leaves: the same, immutable and valid. Owns: nothing; it
 * imports only the JDK.
 */
@NullMarked
package com.visiquate.ccproxy.fleet;

import org.jspecify.annotations.NullMarked;
