package com.visiquate.ccproxy.ollama.grammar;

import com.visiquate.ccproxy.ollama.grammar.Regex.NoGrammar;

/** Reads what stands between square brackets. */
final class ClassReader {
  private final Cursor at;

  ClassReader(Cursor at) {
    this.at = at;
  }

  /** The opening bracket has been read. */
  CharSet read() throws NoGrammar {
    boolean negated = at.take('^');
    CharSet set = CharSet.ALL.complement();
    while (!at.take(']')) {
      set = set.or(part());
    }
    return negated ? set.complement() : set;
  }

  private CharSet part() throws NoGrammar {
    CharSet first = one();
    if (!at.take('-')) {
      return first;
    }
    CharSet dash = CharSet.of('-', '-');
    if (at.isAt(']')) {
      return first.or(dash);
    }
    CharSet last = one();
    if (!isOne(first) || !isOne(last)) {
      return first.or(dash).or(last);
    }
    int from = first.ranges().getFirst().from();
    int to = last.ranges().getFirst().from();
    if (from > to) {
      throw new NoGrammar("a range that runs backwards");
    }
    return CharSet.of(from, to);
  }

  private CharSet one() throws NoGrammar {
    int next = at.next();
    return next == '\\' ? Escapes.read(at, true) : CharSet.of(next, next);
  }

  private static boolean isOne(CharSet set) {
    return set.ranges().size() == 1
        && set.ranges().getFirst().from() == set.ranges().getFirst().to();
  }
}
