package com.visiquate.ccproxy.fleet;

/** The name under which ccproxy serves a model; several aliases may lead to it. */
public record ModelName(String value) {
  public ModelName {
    if (value.isBlank()) {
      throw new IllegalArgumentException("model name: \"\" (expected: a name)");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
