package com.visiquate.ccproxy.dialect.openai;

import com.visiquate.ccproxy.dialect.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Members of a body that mean the same in every API of OpenAI. */
public final class CommonFields {
  private static final int MOST_LOGPROBS = 20;
  private static final List<String> HINTS =
      List.of("prompt_cache_key", "user", "safety_identifier");

  private CommonFields() {}

  /** The model that the body names. */
  public static String model(Field body) {
    String model = body.at("model").text();
    if (model.isBlank()) {
      throw body.at("model").invalid("'model' must name a model.");
    }
    return model;
  }

  /** Whether no other model may answer instead; LiteLLM's word. */
  public static boolean isAlone(Field body) {
    return body.at("disable_fallbacks").flag(false);
  }

  /** The most tokens of an answer; null for no limit, of which a negative number is the word. */
  public static @Nullable Integer maxTokens(Field field) {
    Integer most = field.count();
    if (most != null && most == 0) {
      throw field.invalid("'%s' must be at least 1.".formatted(field.path()));
    }
    return most == null || most < 0 ? null : most;
  }

  /** The texts that end an answer: one or several. */
  public static List<String> stop(Field body) {
    Field stop = body.at("stop");
    if (stop.isAbsent()) {
      return List.of();
    }
    List<Field> texts = stop.isText() ? List.of(stop) : stop.items();
    return texts.stream().map(Field::text).filter(text -> !text.isEmpty()).toList();
  }

  /** How many alternatives of each token are reported; null when nothing is said. */
  public static @Nullable Integer topLogprobs(Field top) {
    Integer count = top.count();
    if (count != null && (count < 0 || count > MOST_LOGPROBS)) {
      throw top.invalid("'top_logprobs' must be between 0 and %d.".formatted(MOST_LOGPROBS));
    }
    return count;
  }

  /** Who sends it. Hints only, so whatever is not a text does not matter. */
  public static @Nullable String client(Field body) {
    for (String hint : HINTS) {
      String text = hint(body.at(hint));
      if (text != null) {
        return text;
      }
    }
    return hint(body.at("metadata").at("user_id"));
  }

  private static @Nullable String hint(Field field) {
    return field.isText() && !field.text().isBlank() ? field.text() : null;
  }
}
