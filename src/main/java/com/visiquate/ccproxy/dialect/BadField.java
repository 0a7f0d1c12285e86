package com.visiquate.ccproxy.dialect;

import com.visiquate.ccproxy.chat.Failure;
import org.jspecify.annotations.Nullable;

/** Says from deep inside a request body that it cannot be served; never leaves its dialect. */
@SuppressWarnings("serial")
public final class BadField extends RuntimeException {
  private final Failure failure;

  public BadField(String message, @Nullable String param, @Nullable String code) {
    super(message, null, false, false);
    failure = Failure.invalid(message, param, code);
  }

  public Failure failure() {
    return failure;
  }
}
