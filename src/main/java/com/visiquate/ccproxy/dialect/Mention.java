package com.visiquate.ccproxy.dialect;

import java.nio.charset.StandardCharsets;

/**
 * A member's name in a body that nobody has parsed yet. Most bodies are large and hold none of
 * those that cost a second look, so it is worth searching their bytes first.
 */
public final class Mention {
  private final byte[] word;

  /**
   * @param name of the member, in ASCII
   */
  public Mention(String name) {
    word = ("\"" + name + "\"").getBytes(StandardCharsets.US_ASCII);
  }

  /** Whether the name stands anywhere in the body, as a name or as a text. */
  public boolean isIn(byte[] body) {
    for (int at = 0; at <= body.length - word.length; at++) {
      if (body[at] == '"' && matches(body, at)) {
        return true;
      }
    }
    return false;
  }

  private boolean matches(byte[] body, int at) {
    int same = 1;
    while (same < word.length && body[at + same] == word[same]) {
      same++;
    }
    return same == word.length;
  }
}
