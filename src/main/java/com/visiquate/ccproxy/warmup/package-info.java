/**
 * Loads what configuration wants loaded.
 *
 * <p>Enters: the status of the backends. Leaves: warm orders to backends. Owns: the decision what
 * should be loaded, and when.
 */
@NullMarked
package com.visiquate.ccproxy.warmup;

import org.jspecify.annotations.NullMarked;
