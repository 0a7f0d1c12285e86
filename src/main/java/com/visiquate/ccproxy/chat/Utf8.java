package com.visiquate.ccproxy.chat;

import java.nio.charset.StandardCharsets;

/**
 * Text as bytes. Half of a surrogate pair, which JSON can escape and UTF-8 cannot express, becomes
 * U+FFFD; Java alone would make a question mark of it, as if somebody had asked something.
 */
public final class Utf8 {
  private static final char REPLACEMENT = '\ufffd';

  private Utf8() {}

  public static byte[] bytes(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    // The JDK does both ways many characters at a time; a walk through all of them costs ten times
    // as much.
    return new String(bytes, StandardCharsets.UTF_8).equals(text)
        ? bytes
        : wellFormed(text).getBytes(StandardCharsets.UTF_8);
  }

  /** The same text with a replacement character for each half of a pair. */
  public static String wellFormed(String text) {
    int at = firstHalf(text, 0);
    if (at < 0) {
      return text;
    }
    StringBuilder mended = new StringBuilder(text);
    while (at >= 0) {
      mended.setCharAt(at, REPLACEMENT);
      at = firstHalf(text, at + 1);
    }
    return mended.toString();
  }

  private static int firstHalf(String text, int from) {
    int at = from;
    while (at < text.length()) {
      char c = text.charAt(at);
      boolean pair =
          Character.isHighSurrogate(c)
              && at + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(at + 1));
      if (Character.isSurrogate(c) && !pair) {
        return at;
      }
      at += pair ? 2 : 1;
    }
    return -1;
  }
}
