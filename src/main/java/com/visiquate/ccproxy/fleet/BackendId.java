package com.visiquate.ccproxy.fleet;

/** The configured name of one Ollama. */
public record BackendId(String value) {
  public BackendId {
    if (!value.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw new IllegalArgumentException(
          "backend id: \"%s\" (expected: letters, digits, '.', '_', '-')".formatted(value));
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
