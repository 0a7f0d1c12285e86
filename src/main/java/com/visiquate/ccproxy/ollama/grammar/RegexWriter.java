package com.visiquate.ccproxy.ollama.grammar;

import com.visiquate.ccproxy.ollama.grammar.Regex.NoGrammar;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes a regular expression for the engine, which reads few of its words and puts the rest into
 * the grammar as they are. The grammar is that of a JSON string, so a quote, a backslash or the end
 * of a line is what stands for it there.
 */
final class RegexWriter {
  /** What JSON writes with a backslash, and the letter that follows it. */
  private static final Map<Integer, Integer> ESCAPED =
      new TreeMap<>(
          Map.of(
              (int) '"',
              (int) '"',
              (int) '\\',
              (int) '\\',
              (int) '\b',
              (int) 'b',
              (int) '\f',
              (int) 'f',
              (int) '\n',
              (int) 'n',
              (int) '\r',
              (int) 'r',
              (int) '\t',
              (int) 't'));

  private static final CharSet UNPRINTABLE =
      CharSet.of(0, 0x1F).or(CharSet.of('"', '"')).or(CharSet.of('\\', '\\'));

  private final StringBuilder out = new StringBuilder();

  String write(Regex regex) throws NoGrammar {
    put(regex);
    return out.toString();
  }

  private void put(Regex regex) throws NoGrammar {
    switch (regex) {
      case Regex.Chars(var set) -> chars(set);
      case Regex.Sequence(var parts) -> {
        for (Regex part : parts) {
          put(part instanceof Regex.Sequence ? new Regex.Choice(List.of(part)) : part);
        }
      }
      case Regex.Choice(var options) -> {
        String separator = "(";
        for (Regex option : options) {
          out.append(separator);
          put(option);
          separator = "|";
        }
        out.append(')');
      }
      case Regex.Repeated repeated -> repeated(repeated);
      case Regex.Anchor anchor -> throw new NoGrammar("an anchor in the middle");
    }
  }

  private void repeated(Regex.Repeated repeated) throws NoGrammar {
    if (repeated.most() == 0) {
      return;
    }
    boolean atom =
        repeated.what() instanceof Regex.Chars || repeated.what() instanceof Regex.Choice;
    put(atom ? repeated.what() : new Regex.Choice(List.of(repeated.what())));
    out.append(times(repeated.least(), repeated.most()));
  }

  private static String times(int least, int most) {
    if (most < 0 && least <= 1) {
      return least == 0 ? "*" : "+";
    }
    if (least == 0 && most == 1) {
      return "?";
    }
    return least == most
        ? "{%d}".formatted(least)
        : "{%d,%s}".formatted(least, most < 0 ? "" : most);
  }

  private void chars(CharSet set) throws NoGrammar {
    CharSet plain = set.without(UNPRINTABLE);
    StringBuilder escaped = new StringBuilder();
    ESCAPED.forEach((character, letter) -> escaped.append(set.has(character) ? one(letter) : ""));
    if (plain.isEmpty() && escaped.isEmpty()) {
      throw new NoGrammar("no character");
    }
    if (escaped.isEmpty()) {
      out.append(brackets(plain));
    } else if (plain.isEmpty()) {
      out.append("([\\x5C][").append(escaped).append("])");
    } else {
      out.append('(').append(brackets(plain)).append("|[\\x5C][").append(escaped).append("])");
    }
  }

  /** Whatever reaches to the last character is written as what it lacks. */
  private static String brackets(CharSet set) {
    boolean negated = set.has(Character.MAX_CODE_POINT);
    StringBuilder text = new StringBuilder(negated ? "[^" : "[");
    for (CharSet.Range range : (negated ? set.complement() : set).ranges()) {
      text.append(one(range.from()));
      if (range.to() > range.from()) {
        text.append(range.to() > range.from() + 1 ? "-" : "").append(one(range.to()));
      }
    }
    return text.append(']').toString();
  }

  private static String one(int character) {
    boolean plain = character < 0x80 && Character.isLetterOrDigit(character);
    if (plain || character == '_' || character == ' ') {
      return Character.toString(character);
    }
    return character < 0x80
        ? "\\x%02X".formatted(character)
        : character < 0x10000 ? "\\u%04X".formatted(character) : "\\U%08X".formatted(character);
  }
}
