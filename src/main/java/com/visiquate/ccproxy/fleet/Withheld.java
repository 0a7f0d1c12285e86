package com.visiquate.ccproxy.fleet;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That a backend gets no new work because an operator said so; what runs there goes on.
 *
 * @param by who said so
 * @param until when it gets work again; null while it is drained, until somebody returns it
 */
public record Withheld(String by, @Nullable Instant until) {
  public boolean isDrained() {
    return until == null;
  }
}
