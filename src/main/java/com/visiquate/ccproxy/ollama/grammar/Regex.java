package com.visiquate.ccproxy.ollama.grammar;

import java.util.List;

/** A regular expression, as far as a grammar can follow one. */
sealed interface Regex {
  /** One character out of several. */
  record Chars(CharSet set) implements Regex {}

  record Sequence(List<Regex> parts) implements Regex {}

  record Choice(List<Regex> options) implements Regex {}

  /**
   * The same several times.
   *
   * @param most -1 where there is no limit
   */
  record Repeated(Regex what, int least, int most) implements Regex {}

  /** The beginning of the text, or its end. */
  enum Anchor implements Regex {
    BEGIN,
    END
  }

  /** A regular expression that no grammar can follow. */
  final class NoGrammar extends Exception {
    private static final long serialVersionUID = 1L;

    NoGrammar(String why) {
      super(why);
    }
  }
}
