package com.visiquate.ccproxy.dialect.openai;

import com.visiquate.ccproxy.dialect.Field;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the fields that mean the same in the bodies of all of OpenAI's endpoints. */
public final class SharedFields {
  private static final int MOST_UNREAD = 32;
  private static final int LONGEST_NAME = 64;

  private SharedFields() {}

  public static String model(Field body) {
    String model = body.at("model").text();
    if (model.isBlank()) {
      throw body.at("model").invalid("'model' must name a model.");
    }
    return model;
  }

  /** The texts that end an answer: one or several. */
  public static List<String> stop(Field body) {
    Field stop = body.at("stop");
    List<String> texts =
        stop.isText() ? List.of(stop.text()) : stop.items().stream().map(Field::text).toList();
    return texts.stream().filter(text -> !text.isEmpty()).toList();
  }

  /** What tells clients apart: hints only, so whatever is not a text does not matter. */
  public static @Nullable String client(Field body) {
    return Stream.of(
            body.at("prompt_cache_key"),
            body.at("user"),
            body.at("safety_identifier"),
            body.at("metadata").at("user_id"))
        .filter(hint -> hint.isText() && !hint.text().isBlank())
        .map(Field::text)
        .findFirst()
        .orElse(null);
  }

  /** Every member that is not null and that nobody reads; bounded, because clients name them. */
  public static List<String> unread(Field body, Set<String> known) {
    return body.names().stream()
        .filter(name -> !known.contains(name) && !body.at(name).isAbsent())
        .limit(MOST_UNREAD)
        .map(name -> name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME))
        .toList();
  }
}
