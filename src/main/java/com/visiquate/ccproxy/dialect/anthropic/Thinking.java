package com.visiquate.ccproxy.dialect.anthropic;

import com.visiquate.ccproxy.chat.Reasoning;
import com.visiquate.ccproxy.dialect.Effort;
import com.visiquate.ccproxy.dialect.Field;
import com.visiquate.ccproxy.dialect.ThinkingWish;

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
    Reasoning wish = ThinkingWish.read(body);
    Reasoning effort = effort(body.at("output_config").at("effort"));
    if (wish == Reasoning.OFF || effort == Reasoning.UNSET) {
      return wish == Reasoning.UNSET ? Reasoning.OFF : wish;
    }
    return effort;
  }

  static boolean isHidden(Field body) {
    boolean omitted = word(body.at("thinking").at("display")).equals("omitted");
    return omitted || ThinkingWish.isHidden(body);
  }

  private static Reasoning effort(Field effort) {
    String word = word(effort);
    return word.equals("xhigh") ? Reasoning.HIGH : Effort.of(word);
  }

  private static String word(Field field) {
    return field.isText() ? field.text() : "";
  }
}
