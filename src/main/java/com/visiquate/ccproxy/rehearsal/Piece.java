package com.visiquate.ccproxy.rehearsal;

/**
 * One kind of request.
 *
 * @param body what is posted; with nothing to post it only looks
 */
record Piece(String path, String body) {
  private static final String TURN = "@TURN@";

  boolean isPosted() {
    return !body.isEmpty();
  }

  /**
   * What is posted as the n-th request: no two conversations are the same, but two requests in a
   * row may be two turns of one.
   */
  String body(int number) {
    return body.replace(TURN, Integer.toString(number / 2));
  }
}
