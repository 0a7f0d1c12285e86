/**
 * A faithful Ollama over HTTP that can misbehave on demand.
 *
 * <p>Enters: Ollama's native requests. Leaves: what Ollama would answer, at its pace. Owns: its
 * simulated slots, caches, models and counters.
 */
@NullMarked
package com.visiquate.ccproxy.simulator;

import org.jspecify.annotations.NullMarked;
