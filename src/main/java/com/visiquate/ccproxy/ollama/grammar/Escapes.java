package com.visiquate.ccproxy.ollama.grammar;

import com.visiquate.ccproxy.ollama.grammar.Regex.NoGrammar;

/** Reads what follows a backslash. */
final class Escapes {
  private Escapes() {}

  /**
   * The characters that it stands for.
   *
   * @param inClass whether it stands between square brackets
   */
  static CharSet read(Cursor at, boolean inClass) throws NoGrammar {
    int next = at.next();
    return switch (next) {
      case 'd' -> CharSet.DIGIT;
      case 'D' -> CharSet.DIGIT.complement();
      case 'w' -> CharSet.WORD;
      case 'W' -> CharSet.WORD.complement();
      case 's' -> CharSet.SPACE;
      case 'S' -> CharSet.SPACE.complement();
      default -> {
        int one = character(next, at, inClass);
        yield CharSet.of(one, one);
      }
    };
  }

  private static int character(int next, Cursor at, boolean inClass) throws NoGrammar {
    return switch (next) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'f' -> '\f';
      case 'v' -> 0x0B;
      case '0' -> 0;
      case 'x' -> at.hex(2);
      case 'u' -> unicode(at);
      case 'b' -> {
        if (!inClass) {
          throw new NoGrammar("the edge of a word");
        }
        yield '\b';
      }
      default -> {
        // Other letters and digits mean what only a regular expression can do.
        if (next < 0x80 && Character.isLetterOrDigit(next)) {
          throw new NoGrammar("\\" + Character.toString(next));
        }
        yield next;
      }
    };
  }

  private static int unicode(Cursor at) throws NoGrammar {
    if (!at.take('{')) {
      int unit = at.hex(4);
      if (unit >= Character.MIN_SURROGATE && unit <= Character.MAX_SURROGATE) {
        throw new NoGrammar("half a character");
      }
      return unit;
    }
    String digits = at.until('}');
    if (!digits.matches("[0-9a-fA-F]{1,6}") || Integer.parseInt(digits, 16) > 0x10FFFF) {
      throw new NoGrammar("no character");
    }
    return Integer.parseInt(digits, 16);
  }
}
