package com.visiquate.ccproxy.fleet;

/** Argument errors that name the value and the expectation. */
final class Expect {
  private Expect() {}

  static void that(boolean held, String name, Object value, String expected) {
    if (!held) {
      throw new IllegalArgumentException("%s: %s (expected: %s)".formatted(name, value, expected));
    }
  }
}
