package com.visiquate.ccproxy.routing.cache;

import java.util.Arrays;

/** Writes a chain: owns the running hash, and its value and the length at every boundary. */
final class ChainWriter {
  private static final int BLOCK = 256;
  private static final int WORD = 4;

  /** Four million characters; what lies beyond is only compared as a whole. */
  private static final int MOST = 1 << 14;

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long[] hashes;
  private int[] lengths;
  private int size;
  private long hash;
  private int length;

  ChainWriter() {
    hashes = new long[64];
    lengths = new int[64];
    hash = GOLDEN;
  }

  /** Goes on where a chain ends. */
  ChainWriter(Chain start) {
    hashes = start.hashes().clone();
    lengths = start.lengths().clone();
    size = hashes.length;
    hash = start.end();
    length = start.length();
  }

  long hash() {
    return hash;
  }

  int length() {
    return length;
  }

  long[] hashes() {
    return Arrays.copyOf(hashes, size);
  }

  int[] lengths() {
    return Arrays.copyOf(lengths, size);
  }

  /** Text, with a boundary after each full block. */
  void text(String text) {
    for (int from = 0; from < text.length(); from += BLOCK) {
      int to = Math.min(from + BLOCK, text.length());
      hash(text, from, to);
      length += to - from;
      if (to - from == BLOCK) {
        bound();
      }
    }
    // Or the same characters, cut into two texts elsewhere, would look alike.
    stir(text.length());
  }

  /** Text of which only the length is known; the same for the same number. */
  void unknown(long number, int characters) {
    for (int from = 0; from < characters; from += BLOCK) {
      int size = Math.min(BLOCK, characters - from);
      stir(number);
      length += size;
      if (size == BLOCK) {
        bound();
      }
    }
    stir(characters);
    bound();
  }

  /** Something that is not compared by its characters, and how many it counts for. */
  void mark(long what, int characters) {
    stir(what);
    length += characters;
  }

  /** Chains that agree up to here share all that was written. */
  void bound() {
    if (size == MOST) {
      return;
    }
    if (size == hashes.length) {
      hashes = Arrays.copyOf(hashes, 2 * size);
      lengths = Arrays.copyOf(lengths, 2 * size);
    }
    hashes[size] = hash;
    lengths[size] = length;
    size++;
  }

  private void hash(String text, int from, int to) {
    int at = from;
    for (; at + WORD <= to; at += WORD) {
      long high = (long) text.charAt(at + 3) << 48 | (long) text.charAt(at + 2) << 32;
      stir(high | (long) text.charAt(at + 1) << 16 | text.charAt(at));
    }
    for (; at < to; at++) {
      stir(text.charAt(at));
    }
  }

  /** Each step is a bijection of the hash, so that nothing is lost over a long text. */
  private void stir(long word) {
    long stirred = (hash ^ word) * GOLDEN;
    hash = stirred ^ stirred >>> 32;
  }
}
