package com.visiquate.ccproxy.ollama.grammar;

import com.visiquate.ccproxy.ollama.grammar.Regex.NoGrammar;

/** A place in a text that is read character by character. */
final class Cursor {
  private final String text;
  private int at;

  Cursor(String text) {
    this.text = text;
  }

  boolean more() {
    return at < text.length();
  }

  boolean isAt(char character) {
    return more() && text.charAt(at) == character;
  }

  /** Steps over this character, if it is next. */
  boolean take(char character) {
    boolean found = isAt(character);
    at += found ? 1 : 0;
    return found;
  }

  int next() throws NoGrammar {
    if (!more()) {
      throw new NoGrammar("an early end");
    }
    int character = text.codePointAt(at);
    at += Character.charCount(character);
    return character;
  }

  /** Everything up to this character, which is stepped over. */
  String until(char character) throws NoGrammar {
    int end = text.indexOf(character, at);
    if (end < 0) {
      throw new NoGrammar("an early end");
    }
    String before = text.substring(at, end);
    at = end + 1;
    return before;
  }

  void expect(char character, String otherwise) throws NoGrammar {
    if (!take(character)) {
      throw new NoGrammar(otherwise);
    }
  }

  /** So many digits of a hexadecimal number. */
  int hex(int digits) throws NoGrammar {
    int end = at + digits;
    if (end > text.length() || !text.substring(at, end).matches("[0-9a-fA-F]+")) {
      throw new NoGrammar("no hexadecimal number");
    }
    int value = Integer.parseInt(text.substring(at, end), 16);
    at = end;
    return value;
  }
}
