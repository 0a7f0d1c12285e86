/**
 * How one of several free backends is chosen.
 *
 * <p>Enters: the candidates with what is known of them. Leaves: one of them. Owns: nothing but the
 * memory that a strategy needs for itself.
 */
@NullMarked
package com.visiquate.ccproxy.routing.strategy;

import org.jspecify.annotations.NullMarked;
