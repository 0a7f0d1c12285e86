package com.visiquate.ccproxy.ollama;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.visiquate.ccproxy.chat.Tool;
import java.util.List;

/**
 * Whether a text that comes in pieces can still be the JSON of a call, by how it begins; owns that
 * beginning, without its spaces, which a grammar leaves to the model.
 */
final class CallBeginning {
  private final List<String> beginnings;
  private final int longest;
  private final StringBuilder seen = new StringBuilder();

  CallBeginning(List<Tool> offered) {
    beginnings = offered.stream().map(tool -> beginning(tool.name())).toList();
    longest = beginnings.stream().mapToInt(String::length).max().orElse(0);
  }

  /** Whether it can be one with this piece, too. */
  boolean continues(String piece) {
    for (int i = 0; i < piece.length() && seen.length() < longest; i++) {
      if (!Character.isWhitespace(piece.charAt(i))) {
        seen.append(piece.charAt(i));
      }
    }
    String text = seen.toString();
    return beginnings.stream().anyMatch(call -> call.startsWith(text) || text.startsWith(call));
  }

  private static String beginning(String name) {
    String quoted = new String(JsonStringEncoder.getInstance().quoteAsString(name));
    return "{\"name\":\"%s\",\"arguments\":".formatted(quoted.replaceAll("\\s", ""));
  }
}
