/**
 * Ollama's wire format and the client that speaks it.
 *
 * <p>Enters: requests in the house's words, bytes that Ollama sent. Leaves: bytes for Ollama,
 * events of a conversation. Owns: everything that is particular to Ollama.
 */
@NullMarked
package com.visiquate.ccproxy.ollama;

import org.jspecify.annotations.NullMarked;
