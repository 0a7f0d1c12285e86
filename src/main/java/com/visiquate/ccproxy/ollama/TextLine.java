package com.visiquate.ccproxy.ollama;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the line of which nearly all of a chat consists: one piece of plain text and nothing else,
 * written as Ollama writes it. Any other line, and a piece with an escape or a letter beyond ASCII,
 * is for {@link Line}, which reads all of JSON at several times the cost. Owns how the lines of
 * this answer begin, so that it is compared at once and not read again.
 */
final class TextLine {
  private static final byte[] MODEL = ascii("{\"model\":");
  private static final byte[] CREATED = ascii(",\"created_at\":");
  private static final byte[] CONTENT = ascii(",\"message\":{\"role\":\"assistant\",\"content\":");
  private static final byte[] END = ascii("},\"done\":false}");

  private byte[] beginning = {};

  /** The text of such a line; null when it is another one. */
  @Nullable String read(byte[] bytes, int from, int to) {
    int created = afterBeginning(bytes, from, to);
    int content = after(CONTENT, bytes, afterText(bytes, created, to), to);
    int end = afterText(bytes, content, to);
    return end >= 0 && after(END, bytes, end, to) == to
        ? new String(bytes, content + 1, end - content - 2, StandardCharsets.ISO_8859_1)
        : null;
  }

  /** The name of the model, which is the same in every line of an answer. */
  private int afterBeginning(byte[] bytes, int from, int to) {
    int known = beginning.length == 0 ? -1 : after(beginning, bytes, from, to);
    if (known >= 0) {
      return known;
    }
    int model = after(MODEL, bytes, from, to);
    int end = after(CREATED, bytes, afterText(bytes, model, to), to);
    if (end >= 0) {
      beginning = Arrays.copyOfRange(bytes, from, end);
    }
    return end;
  }

  /** Where what is expected here ends; -1 when something else is here. */
  private static int after(byte[] expected, byte[] bytes, int at, int to) {
    int end = at + expected.length;
    return at >= 0 && end <= to && Arrays.equals(bytes, at, end, expected, 0, expected.length)
        ? end
        : -1;
  }

  /** Where a plain text in quotes ends; -1 when there is none. */
  private static int afterText(byte[] bytes, int at, int to) {
    if (at < 0 || at >= to || bytes[at] != '"') {
      return -1;
    }
    int next = at + 1;
    while (next < to && bytes[next] >= ' ' && bytes[next] != '"' && bytes[next] != '\\') {
      next++;
    }
    return next < to && bytes[next] == '"' ? next + 1 : -1;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
