package com.visiquate.ccproxy.chat;

/** A response that a client may go on from, as it knows it, such as {@code resp_…}. */
public record ResponseId(String value) {
  @Override
  public String toString() {
    return value;
  }
}
