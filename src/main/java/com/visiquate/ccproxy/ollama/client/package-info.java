/**
 * The connection to one Ollama.
 *
 * <p>Enters: bodies. Leaves: the bytes of answers, or why there are none. Owns: connections, and
 * their end.
 */
@NullMarked
package com.visiquate.ccproxy.ollama.client;

import org.jspecify.annotations.NullMarked;
