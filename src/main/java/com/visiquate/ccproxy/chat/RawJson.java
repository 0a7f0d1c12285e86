package com.visiquate.ccproxy.chat;

import java.util.Objects;

/**
 * One JSON value as compact text, key order kept as the client sent it, so that an unchanged
 * conversation stays byte-identical upstream and keeps its KV cache.
 */
public record RawJson(String text) {
  public static final RawJson EMPTY_OBJECT = new RawJson("{}");

  public RawJson {
    Objects.requireNonNull(text);
  }

  @Override
  public String toString() {
    return text;
  }
}
