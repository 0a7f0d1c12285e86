package com.visiquate.ccproxy.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Reads HTTP/1.1 messages, requests and responses alike, from bytes that come in pieces of any
 * size.
 */
final class MessageReader {
  /** Takes the payload of a message, without its chunk framing. */
  interface Body {
    void take(byte[] bytes, int from, int to);
  }

  private enum At {
    HEAD,
    LENGTH,
    CHUNK_SIZE,
    CHUNK,
    CHUNK_END,
    TRAILER,
    DONE
  }

  private static final int END_OF_HEAD = 0x0d0a0d0a;

  private final Body body;
  private final byte[] head = new byte[16_384];
  private int headLength;
  private int lastFour;
  private At at = At.HEAD;
  private long left;
  private String text = "";

  MessageReader(Body body) {
    this.body = body;
  }

  void reset() {
    at = At.HEAD;
    headLength = 0;
    lastFour = 0;
    left = 0;
  }

  boolean complete() {
    return at == At.DONE;
  }

  boolean begun() {
    return headLength > 0;
  }

  /** The first line and the headers, as they came. */
  String head() {
    return text;
  }

  /** Reads until the message is complete or the bytes are used up; returns where it stopped. */
  int read(byte[] bytes, int from, int to) throws IOException {
    int next = from;
    while (next < to && at != At.DONE) {
      next =
          switch (at) {
            case HEAD -> head(bytes, next);
            case LENGTH, CHUNK -> payload(bytes, next, to);
            case CHUNK_SIZE -> chunkSize(bytes[next], next);
            case CHUNK_END -> chunkEnd(bytes[next], next);
            case TRAILER -> trailer(bytes[next], next);
            case DONE -> throw new IllegalStateException("read past the end");
          };
    }
    return next;
  }

  private int head(byte[] bytes, int next) throws IOException {
    if (headLength == head.length) {
      throw new IOException("the head of a message is too long");
    }
    head[headLength++] = bytes[next];
    lastFour = lastFour << 8 | bytes[next];
    if (lastFour == END_OF_HEAD) {
      text = new String(head, 0, headLength, StandardCharsets.ISO_8859_1);
      beginBody();
    }
    return next + 1;
  }

  private void beginBody() {
    String chunked = header("transfer-encoding");
    String length = header("content-length");
    left = length.isEmpty() ? 0 : Long.parseLong(length);
    at = chunked.equals("chunked") ? At.CHUNK_SIZE : left > 0 ? At.LENGTH : At.DONE;
  }

  /** The value of a header of this message, or nothing. */
  String header(String name) {
    for (String line : text.split("\r\n")) {
      if (line.regionMatches(true, 0, name + ":", 0, name.length() + 1)) {
        return line.substring(name.length() + 1).strip().toLowerCase(Locale.ROOT);
      }
    }
    return "";
  }

  private int payload(byte[] bytes, int next, int to) {
    int end = (int) Math.min(to, next + left);
    body.take(bytes, next, end);
    left -= end - next;
    if (left == 0) {
      at = at == At.CHUNK ? At.CHUNK_END : At.DONE;
    }
    return end;
  }

  private int chunkSize(byte digit, int next) throws IOException {
    if (digit == '\n') {
      at = left == 0 ? At.TRAILER : At.CHUNK;
      lastFour = 0x0d0a;
    } else if (digit != '\r') {
      int value = Character.digit(digit, 16);
      if (value < 0) {
        throw new IOException("not the size of a chunk");
      }
      left = left << 4 | value;
    }
    return next + 1;
  }

  private int chunkEnd(byte end, int next) {
    if (end == '\n') {
      at = At.CHUNK_SIZE;
    }
    return next + 1;
  }

  private int trailer(byte part, int next) {
    lastFour = lastFour << 8 | part;
    if (lastFour == END_OF_HEAD) {
      at = At.DONE;
    }
    return next + 1;
  }
}
