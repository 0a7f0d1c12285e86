/**
 * Anthropic's Messages: bodies, answers, streams, errors, token counts and the list of models.
 *
 * <p>Enters: bytes of a request body, events of an exchange. Leaves: a request in the house's
 * words, bytes of an answer. Owns: what Claude Code and the Anthropic SDKs see.
 */
@NullMarked
package com.visiquate.ccproxy.dialect.anthropic;

import org.jspecify.annotations.NullMarked;
