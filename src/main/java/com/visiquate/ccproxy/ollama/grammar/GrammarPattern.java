package com.visiquate.ccproxy.ollama.grammar;

import com.visiquate.ccproxy.ollama.grammar.Regex.Anchor;
import com.visiquate.ccproxy.ollama.grammar.Regex.NoGrammar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A pattern in the few words of regular expressions that the engine's grammars have: both anchors,
 * sets of single characters, groups, choices and counts. A JSON schema's pattern need only be found
 * somewhere in the text, so one without an anchor gets room for anything there.
 */
public final class GrammarPattern {
  /** The engine gives up at 2,000 repetitions of one rule. */
  private static final int HEAVIEST = 1_000;

  private static final int LONGEST = 2_000;

  private static final Regex ANYTHING = new Regex.Repeated(new Regex.Chars(CharSet.ALL), 0, -1);

  private GrammarPattern() {}

  /** The same pattern for a grammar; empty when no grammar can follow it. */
  public static Optional<String> of(String pattern) {
    if (pattern.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      Regex whole = RegexReader.read(pattern);
      List<Regex> options =
          whole instanceof Regex.Choice choice ? choice.options() : List.of(whole);
      List<Regex> anchored = new ArrayList<>();
      for (Regex option : options) {
        anchored.add(anchored(parts(option)));
      }
      Regex all = anchored.size() == 1 ? anchored.getFirst() : new Regex.Choice(anchored);
      return weight(all) > HEAVIEST
          ? Optional.empty()
          : Optional.of("^" + new RegexWriter().write(all) + "$");
    } catch (NoGrammar unable) {
      return Optional.empty();
    }
  }

  private static List<Regex> parts(Regex option) {
    return option instanceof Regex.Sequence sequence ? sequence.parts() : List.of(option);
  }

  private static Regex anchored(List<Regex> parts) throws NoGrammar {
    int begin = 0;
    int end = parts.size();
    List<Regex> anchored = new ArrayList<>();
    if (begin < end && parts.get(begin) == Anchor.BEGIN) {
      begin++;
    } else {
      anchored.add(ANYTHING);
    }
    boolean ends = begin < end && parts.get(end - 1) == Anchor.END;
    anchored.addAll(parts.subList(begin, ends ? end - 1 : end));
    if (!ends) {
      anchored.add(ANYTHING);
    }
    return new Regex.Sequence(anchored);
  }

  /** How many rules the engine makes of it, about. */
  private static long weight(Regex regex) throws NoGrammar {
    return switch (regex) {
      case Regex.Chars chars -> 1;
      case Regex.Sequence(var parts) -> sum(parts);
      case Regex.Choice(var options) -> sum(options);
      case Regex.Repeated(var what, var least, var most) -> {
        if (most < 0 && mayBeEmpty(what)) {
          throw new NoGrammar("nothing, as often as you like");
        }
        yield Math.max(1, weight(what)) * Math.max(1, Math.max(least, most));
      }
      case Anchor anchor -> throw new NoGrammar("an anchor in the middle");
    };
  }

  private static long sum(List<Regex> parts) throws NoGrammar {
    long sum = 0;
    for (Regex part : parts) {
      sum += weight(part);
    }
    return sum;
  }

  private static boolean mayBeEmpty(Regex regex) {
    return switch (regex) {
      case Regex.Chars chars -> false;
      case Regex.Sequence(var parts) -> parts.stream().allMatch(GrammarPattern::mayBeEmpty);
      case Regex.Choice(var options) -> options.stream().anyMatch(GrammarPattern::mayBeEmpty);
      case Regex.Repeated(var what, var least, var most) -> least == 0 || mayBeEmpty(what);
      case Anchor anchor -> true;
    };
  }
}
