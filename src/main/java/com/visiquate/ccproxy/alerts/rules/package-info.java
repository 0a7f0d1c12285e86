/**
 * What is wrong, as a pure core: rules, and the book of what they found.
 *
 * <p>Enters: what stages tell each other, what was measured of the machine, and the time. Leaves:
 * alerts that begin or end, each told once.
 */
@NullMarked
package com.visiquate.ccproxy.alerts.rules;

import org.jspecify.annotations.NullMarked;
