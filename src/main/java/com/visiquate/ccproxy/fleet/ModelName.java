package com.visiquate.ccproxy.fleet;

import org.jspecify.annotations.Nullable;

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

  // Written out, for it is compared and hashed with every message: a record's own way to do so
  // goes through a method handle, which costs several times as much.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ModelName that && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }
}
