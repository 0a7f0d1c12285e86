package com.visiquate.ccproxy.dialect.responses;

/**
 * Objects of an id and perhaps a type that is null, such as {@code {"id": "msg_1"}}, in a body that
 * nobody has parsed yet: they may refer to items, and no word in them says so.
 */
final class BareIds {
  private static final String TYPE = "\"type\"";
  private static final String NULL = "null";
  private static final String ID = "\"id\"";

  private final byte[] body;
  private int at;

  private BareIds(byte[] body, int at) {
    this.body = body;
    this.at = at;
  }

  static boolean areIn(byte[] body) {
    for (int at = 0; at < body.length; at++) {
      if (body[at] == '{' && new BareIds(body, at).isOne()) {
        return true;
      }
    }
    return false;
  }

  private boolean isOne() {
    boolean id = false;
    boolean more = takes("{");
    while (more) {
      if (takes(TYPE)) {
        more = takes(":") && takes(NULL);
      } else {
        id = takes(ID) && takes(":") && takesText();
        more = id;
      }
      more = more && takes(",");
    }
    return id && takes("}");
  }

  private boolean takes(String word) {
    while (at < body.length && (body[at] == ' ' || (body[at] >= '\t' && body[at] <= '\r'))) {
      at++;
    }
    for (int i = 0; i < word.length(); i++) {
      if (at + i >= body.length || body[at + i] != word.charAt(i)) {
        return false;
      }
    }
    at += word.length();
    return true;
  }

  /** Ids have neither quotes nor escapes in them. */
  private boolean takesText() {
    if (!takes("\"")) {
      return false;
    }
    while (at < body.length && body[at] != '"' && body[at] != '\\') {
      at++;
    }
    return at < body.length && body[at++] == '"';
  }
}
