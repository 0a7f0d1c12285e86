/**
 * Every meter, born in one table.
 *
 * <p>Enters: facts and status from the bus. Leaves: the text that Prometheus scrapes. Owns: the
 * names, units and tags of all meters.
 */
@NullMarked
package com.visiquate.ccproxy.metrics;

import org.jspecify.annotations.NullMarked;
