/**
 * The wire format of OpenAI's embeddings.
 *
 * <p>Enters: bodies of {@code POST /v1/embeddings}, embeddings. Leaves: requests in the house's
 * words, several for a long list of texts; one whole body. Owns: every field name of that endpoint.
 */
@NullMarked
package com.visiquate.ccproxy.dialect.embeddings;

import org.jspecify.annotations.NullMarked;
