/**
 * What operators see: one document of everything, and its changes, for all who watch.
 *
 * <p>Enters: what the other stages tell of themselves when they are asked. Leaves: frames of a
 * stream, the same for everybody, at most two a second. Owns: when it looks; while nobody watches
 * it asks nobody anything.
 */
@NullMarked
package com.visiquate.ccproxy.console;

import org.jspecify.annotations.NullMarked;
