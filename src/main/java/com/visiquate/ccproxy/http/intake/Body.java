package com.visiquate.ccproxy.http.intake;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;

/** A request body while it arrives. */
final class Body {
  private static final int TRUSTED = 1 << 20;
  private byte[] bytes;
  private int length;

  /**
   * @param declared the Content-Length, or -1; trusted only so far
   */
  Body(long declared) {
    bytes = new byte[Math.clamp(declared, 256, TRUSTED)];
  }

  void add(Buffer chunk) {
    int more = chunk.length();
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
    }
    chunk.getBytes(bytes, length);
    length += more;
  }

  int length() {
    return length;
  }

  byte[] whole() {
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }
}
