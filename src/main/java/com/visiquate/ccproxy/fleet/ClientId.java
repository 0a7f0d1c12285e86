package com.visiquate.ccproxy.fleet;

import org.jspecify.annotations.Nullable;

/** Who asks, as far as can be told: a header, an id in the body, a key or an address. */
public record ClientId(String value) {
  @Override
  public String toString() {
    return value;
  }

  // Written out, for it is compared and hashed with every message: a record's own way to do so
  // goes through a method handle, which costs several times as much.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ClientId that && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }
}
