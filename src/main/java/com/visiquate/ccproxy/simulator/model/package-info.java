/**
 * The models that are installed, and which line of Ollama runs them.
 *
 * <p>Enters: names and sizes. Leaves: tokens, capabilities, what a template does. Owns: nothing;
 * all of it is values.
 */
@NullMarked
package com.visiquate.ccproxy.simulator.model;

import org.jspecify.annotations.NullMarked;
