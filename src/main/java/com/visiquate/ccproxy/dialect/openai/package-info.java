/**
 * The wire format of OpenAI's chat completions, and what its other endpoints share with it.
 *
 * <p>Enters: bodies of {@code POST /v1/chat/completions}, events of a conversation. Leaves:
 * requests in the house's words, server-sent events or whole bodies. Owns: every field name of that
 * family.
 */
@NullMarked
package com.visiquate.ccproxy.dialect.openai;

import org.jspecify.annotations.NullMarked;
