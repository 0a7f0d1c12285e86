package com.visiquate.ccproxy.backend;

import java.util.ArrayList;
import java.util.List;

/**
 * The pieces of one read of the socket, which are heard as one: to look at each by itself would
 * cost more than what it says. Never more than the socket gives at once.
 */
final class Inbox {
  private final List<byte[]> pieces = new ArrayList<>();
  private int length;

  void add(byte[] piece) {
    pieces.add(piece);
    length += piece.length;
  }

  boolean isEmpty() {
    return pieces.isEmpty();
  }

  /** All of them in their order; it is empty afterwards. */
  byte[] take() {
    byte[] all = pieces.size() == 1 ? pieces.getFirst() : joined();
    pieces.clear();
    length = 0;
    return all;
  }

  private byte[] joined() {
    byte[] all = new byte[length];
    int end = 0;
    for (byte[] piece : pieces) {
      System.arraycopy(piece, 0, all, end, piece.length);
      end += piece.length;
    }
    return all;
  }
}
