package com.visiquate.ccproxy.fleet;

/** One request and its answer, from the client's first byte to the last; also its request id. */
public record ExchangeId(String value) {
  @Override
  public String toString() {
    return value;
  }
}
