package com.visiquate.ccproxy.dialect.anthropic;

import com.visiquate.ccproxy.chat.Reasoning;
import com.visiquate.ccproxy.dialect.Field;

/**
 * Reads whether and how much a model should think, and whether the client wants to see it. Nothing
 * of it is ever refused: an error about thinking makes Claude Code do without for a whole session.
 */
final class Thinking {
  private Thinking() {}

  /**
   * Off unless asked for, as with Anthropic: Ollama's models would think by default, and a request
   * for a title of twenty tokens would get nothing else.
   */
  static Reasoning read(Field body) {
    String type = word(body.at("thinking").at("type"));
    Reasoning effort = effort(body.at("output_config").at("effort"));
    return switch (type) {
      case "disabled" -> Reasoning.OFF;
      case "" -> effort == Reasoning.UNSET ? Reasoning.OFF : effort;
      // "enabled", "adaptive", "between_tools" and whatever comes next.
      default -> effort == Reasoning.UNSET ? Reasoning.ON : effort;
    };
  }

  static boolean isHidden(Field body) {
    return word(body.at("thinking").at("display")).equals("omitted");
  }

  private static Reasoning effort(Field effort) {
    return switch (word(effort)) {
      case "low" -> Reasoning.LOW;
      case "medium" -> Reasoning.MEDIUM;
      case "high", "xhigh" -> Reasoning.HIGH;
      case "max" -> Reasoning.MAX;
      default -> Reasoning.UNSET;
    };
  }

  private static String word(Field field) {
    return field.isText() ? field.text() : "";
  }
}
