package com.visiquate.ccproxy.fleet;

import java.util.regex.Pattern;

/** The configured name of one ccproxy among those that act as one. */
public record NodeId(String value) implements Comparable<NodeId> {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

  public NodeId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "node: \"%s\" (expected: letters, digits, '.', '_', '-')".formatted(value));
    }
  }

  @Override
  public int compareTo(NodeId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
