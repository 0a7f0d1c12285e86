/**
 * How Ollama's server, written in Go, reads and writes.
 *
 * <p>Enters: JSON and durations. Leaves: the same, in Go's own spelling, and refusals. Owns:
 * nothing.
 */
@NullMarked
package com.visiquate.ccproxy.simulator.wire;

import org.jspecify.annotations.NullMarked;
