package com.visiquate.ccproxy.fleet;

/** Who asks, as far as can be told: a header, an id in the body, a key or an address. */
public record ClientId(String value) {
  @Override
  public String toString() {
    return value;
  }
}
