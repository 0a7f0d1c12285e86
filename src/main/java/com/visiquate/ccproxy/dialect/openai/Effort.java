package com.visiquate.ccproxy.dialect.openai;

import com.visiquate.ccproxy.chat.Reasoning;
import com.visiquate.ccproxy.dialect.Field;

/**
 * Reads how much a model should think: OpenAI's own field, else OpenRouter's, Ollama's or vLLM's.
 */
public final class Effort {
  private Effort() {}

  static Reasoning read(Field body) {
    Field own = body.at("reasoning_effort");
    Field routed = body.at("reasoning").at("effort");
    if (!own.isAbsent() || !routed.isAbsent()) {
      return level(own.isAbsent() ? routed : own);
    }
    Field think = body.at("think");
    if (think.isText()) {
      return level(think);
    }
    Field enabled = body.at("chat_template_kwargs").at("enable_thinking");
    Field either = think.isAbsent() ? enabled : think;
    return either.isAbsent() ? Reasoning.UNSET : either.flag(true) ? Reasoning.ON : Reasoning.OFF;
  }

  /** The word for a level, which all of OpenAI's APIs share. */
  public static Reasoning level(Field level) {
    return switch (level.text()) {
      case "none" -> Reasoning.OFF;
      case "minimal", "low" -> Reasoning.LOW;
      case "medium" -> Reasoning.MEDIUM;
      case "high" -> Reasoning.HIGH;
      case "xhigh", "max" -> Reasoning.MAX;
      default ->
          throw level.invalid(
              "'%s' must be none, minimal, low, medium, high, xhigh or max."
                  .formatted(level.path()));
    };
  }
}
