/**
 * The slots, caches and machines of one simulated Ollama, and the time that they take.
 *
 * <p>Enters: requests and the time. Leaves: pieces when they are due, counts, what was cached.
 * Owns: who runs, what each slot has cached, what is loaded.
 */
@NullMarked
package com.visiquate.ccproxy.simulator.engine;

import org.jspecify.annotations.NullMarked;
