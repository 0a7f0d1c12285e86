package com.visiquate.ccproxy.dialect.openai;

import com.visiquate.ccproxy.dialect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Members of a body that mean the same in every API of OpenAI. */
public final class CommonFields {
  private static final int MOST_LOGPROBS = 20;

  /** Those that name a conversation before those that name a person. */
  private static final List<String> HINTS =
      List.of("prompt_cache_key", "session_id", "conversation_id", "chat_id", "litellm_session_id");

  private static final List<String> PERSONS = List.of("user", "safety_identifier");

  /** Members of a body that say who sends it, and nothing else. */
  public static final Set<String> SESSIONS = Set.copyOf(HINTS);

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
    Field metadata = body.at("metadata");
    List<Field> places = new ArrayList<>();
    HINTS.forEach(name -> places.add(body.at(name)));
    HINTS.forEach(name -> places.add(metadata.at(name)));
    PERSONS.forEach(name -> places.add(body.at(name)));
    places.add(metadata.at("user_id"));
    for (Field place : places) {
      String text = hint(place);
      if (text != null) {
        return text;
      }
    }
    return null;
  }

  private static @Nullable String hint(Field field) {
    return field.isText() && !field.text().isBlank() ? field.text() : null;
  }
}
