package com.visiquate.ccproxy.fleet;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The configured name of one Ollama. */
public record BackendId(String value) {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

  public BackendId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "backend id: \"%s\" (expected: letters, digits, '.', '_', '-')".formatted(value));
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
    return other instanceof BackendId that && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }
}
