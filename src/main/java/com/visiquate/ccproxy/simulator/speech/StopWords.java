package com.visiquate.ccproxy.simulator.speech;

import java.util.List;

/** Finds stop sequences in streamed text, holding back what may be the beginning of one. */
final class StopWords {
  private final List<String> words;
  private String held = "";
  private boolean stopped;

  StopWords(List<String> words) {
    this.words = words.stream().filter(word -> !word.isEmpty()).toList();
  }

  boolean stopped() {
    return stopped;
  }

  /** The text that may be shown after this piece. */
  String feed(String piece) {
    if (words.isEmpty()) {
      return piece;
    }
    String text = held + piece;
    int at = words.stream().mapToInt(text::indexOf).filter(i -> i >= 0).min().orElse(-1);
    if (at >= 0) {
      stopped = true;
      held = "";
      return text.substring(0, at);
    }
    int safe = text.length() - longestBeginning(text);
    held = text.substring(safe);
    return text.substring(0, safe);
  }

  /** What was held back, when no more text will come. */
  String rest() {
    String rest = held;
    held = "";
    return rest;
  }

  private int longestBeginning(String text) {
    return words.stream().mapToInt(word -> beginning(text, word)).max().orElse(0);
  }

  private static int beginning(String text, String word) {
    for (int length = Math.min(text.length(), word.length() - 1); length > 0; length--) {
      if (text.endsWith(word.substring(0, length))) {
        return length;
      }
    }
    return 0;
  }
}
