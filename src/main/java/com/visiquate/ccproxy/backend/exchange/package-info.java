/**
 * One exchange with Ollama, as a pure state machine.
 *
 * <p>Enters: what Ollama and the client do, limits that have passed, the time. Leaves: {@link
 * com.visiquate.ccproxy.backend.exchange.RunEffect}s. Owns: what was read of an answer and what of
 * that the client was sent; the end of the exchange.
 */
@NullMarked
package com.visiquate.ccproxy.backend.exchange;

import org.jspecify.annotations.NullMarked;
