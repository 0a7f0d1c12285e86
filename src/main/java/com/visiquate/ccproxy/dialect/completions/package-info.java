/**
 * The wire format of OpenAI's legacy completions.
 *
 * <p>Enters: bodies of {@code POST /v1/completions}, events of generated texts. Leaves: requests in
 * the house's words, one for each choice; server-sent events or whole bodies. Owns: every field
 * name of that endpoint.
 */
@NullMarked
package com.visiquate.ccproxy.dialect.completions;

import org.jspecify.annotations.NullMarked;
