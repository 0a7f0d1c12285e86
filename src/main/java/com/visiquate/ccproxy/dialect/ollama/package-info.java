/**
 * Ollama's own wire format, as its clients speak it.
 *
 * <p>Enters: bodies of {@code POST /api/chat} and its like, events of an answer, what is known of
 * the fleet's models. Leaves: requests in the house's words, lines of JSON, lists of models as one
 * Ollama would tell them. Owns: every field name of that family, and the policy that no client
 * loads, unloads or pins a model.
 */
@NullMarked
package com.visiquate.ccproxy.dialect.ollama;

import org.jspecify.annotations.NullMarked;
