package com.visiquate.ccproxy.fleet;

import org.jspecify.annotations.Nullable;

/** One request and its answer, from the client's first byte to the last; also its request id. */
public record ExchangeId(String value) {
  /** Of its run that begins anew for the so manieth time; named after it, as its parts are. */
  public ExchangeId again(int run) {
    return new ExchangeId(value + "-r" + run);
  }

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
