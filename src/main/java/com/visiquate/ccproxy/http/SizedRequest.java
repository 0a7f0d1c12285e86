package com.visiquate.ccproxy.http;

import com.visiquate.ccproxy.dialect.Decoded;
import org.jspecify.annotations.Nullable;

/**
 * A request that is understood, and how large its prompt is.
 *
 * @param prompt null when its model is unknown
 */
record SizedRequest(Decoded.Understood understood, @Nullable PromptEstimate prompt) {}
