package com.visiquate.ccproxy.bus;

import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.Fallbacks;
import org.jspecify.annotations.Nullable;

/**
 * How a request may go on when its model does not answer it.
 *
 * @param fallbacks the models that its client may use and that its prompt may fit
 * @param refusal why its own model is not even asked; null when it is
 */
public record FallbackOptions(Fallbacks fallbacks, @Nullable Failure refusal) {
  public static final FallbackOptions NONE = new FallbackOptions(Fallbacks.NONE, null);
}
