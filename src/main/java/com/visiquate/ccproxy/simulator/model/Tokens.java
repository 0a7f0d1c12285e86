package com.visiquate.ccproxy.simulator.model;

import java.util.Arrays;

/**
 * A growing run of token ids: a deterministic, cheap stand-in for a tokenizer. A token is the hash
 * of up to so many characters of one piece, so equal text at equal places gives equal tokens.
 */
public final class Tokens {
  private final int width;
  private int[] ids = new int[64];
  private int count;

  /** So many characters make a token. */
  public Tokens(int width) {
    this.width = width;
  }

  /** How many tokens two runs share from their beginnings. */
  public static int commonPrefix(int[] one, int[] other) {
    int mismatch = Arrays.mismatch(one, other);
    return mismatch < 0 ? one.length : mismatch;
  }

  public Tokens text(String text) {
    int length = text.length();
    reserve(length / width + 1);
    for (int at = 0; at < length; at += width) {
      ids[count++] = hash(text, at, Math.min(length, at + width));
    }
    return this;
  }

  /** One token for a mark of the chat template. */
  public Tokens mark(String name) {
    reserve(1);
    ids[count++] = ~name.hashCode();
    return this;
  }

  public Tokens all(int[] more) {
    reserve(more.length);
    System.arraycopy(more, 0, ids, count, more.length);
    count += more.length;
    return this;
  }

  int size() {
    return count;
  }

  public int[] toArray() {
    return Arrays.copyOf(ids, count);
  }

  private static int hash(String text, int from, int to) {
    int hash = to - from;
    for (int i = from; i < to; i++) {
      hash = hash * 31_337 + text.charAt(i);
    }
    return hash;
  }

  private void reserve(int more) {
    if (count + more > ids.length) {
      ids = Arrays.copyOf(ids, Math.max(count + more, ids.length * 2));
    }
  }
}
