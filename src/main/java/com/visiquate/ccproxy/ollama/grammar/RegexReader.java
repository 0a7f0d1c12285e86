package com.visiquate.ccproxy.ollama.grammar;

import com.visiquate.ccproxy.ollama.grammar.Regex.Anchor;
import com.visiquate.ccproxy.ollama.grammar.Regex.NoGrammar;
import java.util.ArrayList;
import java.util.List;

/** Reads a regular expression of JSON Schema, which is one of JavaScript; owns how far it is. */
final class RegexReader {
  private static final int DEEPEST = 32;
  private static final int MOST_TIMES = 100_000;

  private final Cursor at;

  private RegexReader(String text) {
    at = new Cursor(text);
  }

  static Regex read(String text) throws NoGrammar {
    RegexReader reader = new RegexReader(text);
    Regex whole = reader.choice(0);
    if (reader.at.more()) {
      throw new NoGrammar("an unbalanced parenthesis");
    }
    return whole;
  }

  private Regex choice(int depth) throws NoGrammar {
    if (depth > DEEPEST) {
      throw new NoGrammar("too deep");
    }
    List<Regex> options = new ArrayList<>();
    do {
      options.add(sequence(depth));
    } while (at.take('|'));
    return options.size() == 1 ? options.getFirst() : new Regex.Choice(options);
  }

  private Regex sequence(int depth) throws NoGrammar {
    List<Regex> parts = new ArrayList<>();
    while (at.more() && !at.isAt('|') && !at.isAt(')')) {
      parts.add(repeated(one(depth)));
    }
    return new Regex.Sequence(parts);
  }

  private Regex one(int depth) throws NoGrammar {
    int next = at.next();
    return switch (next) {
      case '(' -> group(depth);
      case '[' -> new Regex.Chars(new ClassReader(at).read());
      case '.' -> new Regex.Chars(CharSet.NO_LINE_END);
      case '^' -> Anchor.BEGIN;
      case '$' -> Anchor.END;
      case '\\' -> escape();
      case '*', '+', '?', '{' -> throw new NoGrammar("nothing to repeat");
      default -> new Regex.Chars(CharSet.of(next, next));
    };
  }

  private Regex escape() throws NoGrammar {
    if (at.take('A')) {
      return Anchor.BEGIN;
    }
    return at.take('Z') || at.take('z') ? Anchor.END : new Regex.Chars(Escapes.read(at, false));
  }

  private Regex group(int depth) throws NoGrammar {
    if (at.take('?') && !at.take(':')) {
      at.take('P');
      at.expect('<', "looking around");
      String name = at.until('>');
      if (name.isEmpty() || name.charAt(0) == '=' || name.charAt(0) == '!') {
        throw new NoGrammar("looking around");
      }
    }
    Regex inside = choice(depth + 1);
    at.expect(')', "an unbalanced parenthesis");
    return inside;
  }

  private Regex repeated(Regex what) throws NoGrammar {
    Regex read = what;
    if (at.take('*')) {
      read = times(what, 0, -1);
    } else if (at.take('+')) {
      read = times(what, 1, -1);
    } else if (at.take('?')) {
      read = times(what, 0, 1);
    } else if (at.take('{')) {
      read = counted(what);
    } else {
      return read;
    }
    // A lazy one finds the same texts.
    at.take('?');
    return read;
  }

  private Regex counted(Regex what) throws NoGrammar {
    String[] bounds = at.until('}').split(",", -1);
    int least = number(bounds[0]);
    int most = bounds.length == 1 ? least : bounds[1].isEmpty() ? -1 : number(bounds[1]);
    if (bounds.length > 2 || (most >= 0 && most < least)) {
      throw new NoGrammar("no count");
    }
    return times(what, least, most);
  }

  private static Regex times(Regex what, int least, int most) throws NoGrammar {
    if (what instanceof Anchor) {
      throw new NoGrammar("a repeated anchor");
    }
    return new Regex.Repeated(what, least, most);
  }

  private static int number(String digits) throws NoGrammar {
    if (!digits.matches("\\d{1,6}") || Integer.parseInt(digits) > MOST_TIMES) {
      throw new NoGrammar("no count");
    }
    return Integer.parseInt(digits);
  }
}
