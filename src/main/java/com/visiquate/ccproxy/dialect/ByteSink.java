package com.visiquate.ccproxy.dialect;

import com.visiquate.ccproxy.chat.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing run of bytes with just what is needed to write JSON text by hand, fast. */
public final class ByteSink {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private byte[] bytes;
  private int length;

  public ByteSink() {
    this(512);
  }

  public ByteSink(int capacity) {
    bytes = new byte[Math.max(16, capacity)];
  }

  public int length() {
    return length;
  }

  public boolean isEmpty() {
    return length == 0;
  }

  /** All bytes so far; the sink is empty afterwards. */
  public byte[] take() {
    byte[] taken = Arrays.copyOf(bytes, length);
    length = 0;
    return taken;
  }

  public ByteSink bytes(byte[] more) {
    reserve(more.length);
    System.arraycopy(more, 0, bytes, length, more.length);
    length += more.length;
    return this;
  }

  /** Text as UTF-8, nothing escaped. */
  public ByteSink raw(String text) {
    return bytes(Utf8.bytes(text));
  }

  public ByteSink number(long value) {
    return value < 0 ? raw(Long.toString(value)) : digits(value);
  }

  private ByteSink digits(long value) {
    int digits = 1;
    for (long rest = value; rest >= 10; rest /= 10) {
      digits++;
    }
    reserve(digits);
    length += digits;
    long rest = value;
    for (int at = length - 1; digits > 0; digits--) {
      bytes[at--] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return this;
  }

  /** A JSON string, quotes included; a lone surrogate becomes U+FFFD. */
  public ByteSink json(String text) {
    put('"');
    jsonInner(text);
    return put('"');
  }

  /** The text, or null for an empty one. */
  public ByteSink nullable(String text) {
    return text.isEmpty() ? raw("null") : json(text);
  }

  /** The inside of a JSON string. */
  public ByteSink jsonInner(String text) {
    reserve(text.length() * 6);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c < 0x7f && c != '"' && c != '\\') {
        bytes[length++] = (byte) c;
      } else {
        i += special(text, i, c);
      }
    }
    return this;
  }

  private int special(String text, int at, char c) {
    if (c < 0x80) {
      escape(c);
      return 0;
    }
    if (!Character.isSurrogate(c)) {
      encode(c);
      return 0;
    }
    boolean pair =
        Character.isHighSurrogate(c)
            && at + 1 < text.length()
            && Character.isLowSurrogate(text.charAt(at + 1));
    encode(pair ? Character.toCodePoint(c, text.charAt(at + 1)) : 0xfffd);
    return pair ? 1 : 0;
  }

  private void escape(char c) {
    switch (c) {
      case '"', '\\' -> pair(c);
      case '\n' -> pair('n');
      case '\r' -> pair('r');
      case '\t' -> pair('t');
      case 0x7f -> bytes[length++] = (byte) c;
      default -> {
        pair('u');
        bytes[length++] = '0';
        bytes[length++] = '0';
        bytes[length++] = HEX[c >> 4];
        bytes[length++] = HEX[c & 15];
      }
    }
  }

  private void pair(char second) {
    bytes[length++] = '\\';
    bytes[length++] = (byte) second;
  }

  private void encode(int point) {
    if (point < 0x800) {
      bytes[length++] = (byte) (0xc0 | (point >> 6));
    } else {
      if (point < 0x10000) {
        bytes[length++] = (byte) (0xe0 | (point >> 12));
      } else {
        bytes[length++] = (byte) (0xf0 | (point >> 18));
        bytes[length++] = (byte) (0x80 | ((point >> 12) & 0x3f));
      }
      bytes[length++] = (byte) (0x80 | ((point >> 6) & 0x3f));
    }
    bytes[length++] = (byte) (0x80 | (point & 0x3f));
  }

  private ByteSink put(char c) {
    reserve(1);
    bytes[length++] = (byte) c;
    return this;
  }

  private void reserve(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
    }
  }
}
