package com.visiquate.ccproxy.http;

import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.dialect.Decoded;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request that is understood, and how large its prompt is.
 *
 * @param prompt null when its model is unknown
 */
record SizedRequest(Decoded.Understood understood, @Nullable PromptEstimate prompt) {
  /** Why its prompt cannot be computed, when that is clear without trying. */
  Optional<Failure> overflow() {
    return prompt == null ? Optional.empty() : prompt.overflow();
  }
}
