/**
 * The memory of answers: one verticle for the whole gateway.
 *
 * <p>Enters: answers that a client may go on from. Leaves: those that an ingress asks for. Owns:
 * every remembered answer, within bounds; all of them are gone when ccproxy stops.
 */
@NullMarked
package com.visiquate.ccproxy.memory;

import org.jspecify.annotations.NullMarked;
