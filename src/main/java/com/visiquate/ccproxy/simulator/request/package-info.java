/**
 * A request as Ollama understands it.
 *
 * <p>Enters: bodies. Leaves: what is asked, with its defaults, or a refusal. Owns: nothing.
 */
@NullMarked
package com.visiquate.ccproxy.simulator.request;

import org.jspecify.annotations.NullMarked;
