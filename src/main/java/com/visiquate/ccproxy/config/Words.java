package com.visiquate.ccproxy.config;

import com.visiquate.ccproxy.fleet.Spelling;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Words in problems: lists of choices, and suggestions for what was probably meant. */
final class Words {
  private Words() {}

  /** {@code a, b or c}. */
  static String oneOf(List<String> words) {
    int last = words.size() - 1;
    return last < 1
        ? String.join("", words)
        : String.join(", ", words.subList(0, last)) + " or " + words.get(last);
  }

  /** The known word that the given one was probably meant to be; empty when none is near. */
  static String nearest(String word, Collection<String> known) {
    int farthest = Math.min(word.length() - 1, Math.max(1, word.length() / 3));
    return known.stream()
        .filter(candidate -> Spelling.distance(candidate, word) <= farthest)
        .min(Comparator.comparingInt(candidate -> Spelling.distance(candidate, word)))
        .orElse("");
  }
}
