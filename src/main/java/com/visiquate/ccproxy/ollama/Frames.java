package com.visiquate.ccproxy.ollama;

import java.util.Arrays;

/**
 * Cuts a byte stream into JSON objects, one a line; owns the bytes of the object that is not
 * complete yet.
 *
 * <p>An object ends at its own closing brace and not at the line end, so that a last line without
 * one is not held back.
 */
final class Frames {
  /** Takes an object; its bytes are read at once, and not kept. */
  interface Taker {
    void take(byte[] bytes, int from, int to);
  }

  private final int most;
  private byte[] pending = new byte[512];
  private int length;
  private int depth;
  private boolean inString;
  private boolean escaped;
  private boolean broken;

  Frames(int most) {
    this.most = most;
  }

  /** Hands on each object that these bytes complete. */
  void read(byte[] chunk, Taker objects) {
    int at = 0;
    while (at < chunk.length && !broken) {
      int end = length == 0 ? wholeLine(chunk, at) : -1;
      if (end > 0) {
        objects.take(chunk, at, end);
        at = end;
      } else {
        take(chunk[at++], objects);
      }
    }
  }

  /**
   * The end of an object that is one whole line, or -1. Nearly every line comes in one piece, and
   * then its braces need not be counted.
   */
  private int wholeLine(byte[] chunk, int start) {
    if (chunk[start] != '{') {
      return -1;
    }
    byte last = '{';
    for (int i = start + 1; i < chunk.length && i - start <= most; i++) {
      byte next = chunk[i];
      if (next == '\n') {
        return last == '}' ? i : -1;
      }
      if (next == '{' && last == '}') {
        // Perhaps two objects on one line; counting tells.
        return -1;
      }
      last = next;
    }
    return -1;
  }

  /** Whether something came that is not a line of JSON, or one too long; the rest is ignored. */
  boolean isBroken() {
    return broken;
  }

  private void take(byte next, Taker objects) {
    if (depth == 0 && next != '{') {
      broken = !isSpace(next);
      return;
    }
    if (next == '\n' || length >= most) {
      broken = true;
      return;
    }
    keep(next);
    if (closes(next)) {
      int end = length;
      length = 0;
      objects.take(pending, 0, end);
    }
  }

  private boolean closes(byte next) {
    if (inString) {
      inString = escaped || next != '"';
      escaped = !escaped && next == '\\';
      return false;
    }
    switch (next) {
      case '"' -> inString = true;
      case '{' -> depth++;
      case '}' -> depth--;
      default -> {}
    }
    return depth == 0;
  }

  private void keep(byte next) {
    if (length == pending.length) {
      pending = Arrays.copyOf(pending, Math.min(most, pending.length * 2));
    }
    pending[length++] = next;
  }

  private static boolean isSpace(byte next) {
    return next == '\n' || next == '\r' || next == ' ' || next == '\t';
  }
}
