package com.visiquate.ccproxy.dialect;

import com.visiquate.ccproxy.chat.Reasoning;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The words for how much a model should think, of all makers of models and servers. */
public final class Effort {
  private static final Set<String> OPEN = Set.of("", "default", "auto", "dynamic", "null", "unset");
  private static final Set<String> ON =
      Set.of("on", "enabled", "enable", "true", "yes", "1", "adaptive", "interleaved");
  private static final Set<String> OFF =
      Set.of("none", "off", "disabled", "disable", "false", "no", "0", "never", "zero");
  private static final Map<String, Reasoning> LEVELS =
      Map.ofEntries(
          Map.entry("minimal", Reasoning.LOW),
          Map.entry("min", Reasoning.LOW),
          Map.entry("low", Reasoning.LOW),
          Map.entry("lowest", Reasoning.LOW),
          Map.entry("light", Reasoning.LOW),
          Map.entry("medium", Reasoning.MEDIUM),
          Map.entry("moderate", Reasoning.MEDIUM),
          Map.entry("normal", Reasoning.MEDIUM),
          Map.entry("standard", Reasoning.MEDIUM),
          Map.entry("high", Reasoning.HIGH),
          Map.entry("hard", Reasoning.HIGH),
          Map.entry("xhigh", Reasoning.MAX),
          Map.entry("max", Reasoning.MAX),
          Map.entry("ultra", Reasoning.MAX),
          Map.entry("highest", Reasoning.MAX));

  private Effort() {}

  /** What a word means; one that nobody knows, the nearest that it may mean. */
  public static Reasoning of(String text) {
    String word = word(text);
    return isKnown(text) ? known(word) : nearest(word);
  }

  public static boolean isKnown(String text) {
    String word = word(text);
    return OPEN.contains(word)
        || ON.contains(word)
        || OFF.contains(word)
        || LEVELS.containsKey(word);
  }

  private static String word(String text) {
    return text.strip().toLowerCase(Locale.ROOT);
  }

  private static Reasoning known(String word) {
    if (ON.contains(word)) {
      return Reasoning.ON;
    }
    return OFF.contains(word) ? Reasoning.OFF : LEVELS.getOrDefault(word, Reasoning.UNSET);
  }

  /** New levels are made of the old words, and are new at the ends. */
  private static Reasoning nearest(String word) {
    if (word.matches(".*(max|ultra|extra|extreme|very.*high|x.?high).*")) {
      return Reasoning.MAX;
    }
    if (word.contains("high")) {
      return Reasoning.HIGH;
    }
    return word.matches(".*(low|min|tiny|small|quick|fast).*") ? Reasoning.LOW : Reasoning.MEDIUM;
  }
}
