package com.visiquate.ccproxy.dialect.ollama;

import com.visiquate.ccproxy.chat.OutputFormat;
import com.visiquate.ccproxy.chat.Reasoning;
import com.visiquate.ccproxy.dialect.BadField;
import com.visiquate.ccproxy.dialect.Effort;
import com.visiquate.ccproxy.dialect.Field;
import com.visiquate.ccproxy.dialect.ThinkingWish;
import org.jspecify.annotations.Nullable;

/** Reads the fields that all of Ollama's generating endpoints have. */
final class Common {
  private static final int MOST_LOGPROBS = 20;

  private Common() {}

  static String model(Field body) {
    String model = body.at("model").text("");
    if (model.isBlank()) {
      throw body.at("model").invalid("model is required");
    }
    return model;
  }

  /** Who asks for the prompt that a template makes would take an answer for it. */
  static void refuseRendering(Field body) {
    if (body.at("_debug_render_only").flag(false)) {
      throw body.at("_debug_render_only").unsupported("Prompts cannot be rendered here.");
    }
  }

  static OutputFormat format(Field format) {
    if (format.isObject()) {
      return new OutputFormat.Schema(format.raw());
    }
    String word = format.isAbsent() || format.isText() ? format.text("") : "?";
    return switch (word) {
      case "" -> OutputFormat.TEXT;
      case "json" -> OutputFormat.JSON;
      default ->
          throw format.invalid("invalid format; expected \"json\" or a valid JSON Schema object");
    };
  }

  /** In whatever words; only {@code think} itself must be a word that is known, as with Ollama. */
  static Reasoning think(Field body) {
    Field think = body.at("think");
    if (think.isText() ? !Effort.isKnown(think.text()) : !think.isAbsent() && !isFlag(think)) {
      throw think.invalid(
          "invalid think value (must be \"high\", \"medium\", \"low\", \"max\", true, or false)");
    }
    return ThinkingWish.read(body);
  }

  private static boolean isFlag(Field field) {
    return field.node().isBoolean();
  }

  static @Nullable Integer topLogprobs(Field body, Dropped dropped) {
    Integer count = body.at("top_logprobs").count();
    if (count != null && (count < 0 || count > MOST_LOGPROBS)) {
      throw new BadField(
          "top_logprobs must be between 0 and %d".formatted(MOST_LOGPROBS),
          "top_logprobs",
          "invalid_value");
    }
    if (body.at("logprobs").flag(false)) {
      return count == null ? Integer.valueOf(0) : count;
    }
    if (count != null && count > 0) {
      dropped.add("top_logprobs");
    }
    return null;
  }
}
