/**
 * OpenAI's Responses API, {@code POST /v1/responses}, which Codex and the newer SDKs speak.
 *
 * <p>Enters: a request body, and what earlier responses held. Leaves: a request in the house's
 * words, an answer as one response object or as the events that build it, and what to remember of
 * it. Owns: this wire format; nothing here knows HTTP or who keeps that memory.
 */
@NullMarked
package com.visiquate.ccproxy.dialect.responses;

import org.jspecify.annotations.NullMarked;
