package com.visiquate.ccproxy.fleet;

import org.jspecify.annotations.Nullable;

/** One request and its answer, from the client's first byte to the last; also its request id. */
public record ExchangeId(String value) {
  @Override
  public String toString() {
    return value;
  }

  // Written out, for it is compared and hashed with every message: a record's own way to do so
  // goes through a method handle, which costs several times as much.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ExchangeId that && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }
}
