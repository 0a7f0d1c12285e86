/**
 * How one Ollama is: its health, its slots, what it has loaded.
 *
 * <p>Enters: answers, failures, probes. Leaves: whether a request may have a slot, and what the
 * fleet is told. Owns: the slots; nobody else decides who has one.
 */
@NullMarked
package com.visiquate.ccproxy.backend.health;

import org.jspecify.annotations.NullMarked;
