package com.visiquate.ccproxy.dialect.embeddings;

import com.visiquate.ccproxy.chat.Embedding;
import com.visiquate.ccproxy.dialect.ByteSink;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;

/** Writes the numbers of an embedding in the two forms that clients ask for. */
final class Numbers {
  private Numbers() {}

  static void list(Embedding embedding, ByteSink out) {
    out.raw("[");
    for (int i = 0; i < embedding.size(); i++) {
      out.raw(i == 0 ? "" : ",").raw(number(embedding.at(i)));
    }
    out.raw("]");
  }

  /** Single precision, the least significant byte first, whatever machine this is. */
  static void base64(Embedding embedding, ByteSink out) {
    ByteBuffer bytes =
        ByteBuffer.allocate(embedding.size() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < embedding.size(); i++) {
      bytes.putFloat(embedding.at(i));
    }
    out.raw("\"").bytes(Base64.getEncoder().encode(bytes.array())).raw("\"");
  }

  /** The shortest text that is this very number. */
  private static String number(float value) {
    return value == Math.rint(value) && Math.abs(value) < 1e6f
        ? Integer.toString((int) value)
        : Float.toString(value);
  }
}
