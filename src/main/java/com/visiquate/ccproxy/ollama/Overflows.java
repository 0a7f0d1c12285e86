package com.visiquate.ccproxy.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import com.visiquate.ccproxy.chat.Failure;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recognises that a prompt did not fit, in the words of every generation of Ollama. */
final class Overflows {
  private static final Pattern NUMBERS =
      Pattern.compile("\\((\\d{1,9}) tokens\\)[^(]*(?:\\((\\d{1,9}) tokens\\))?");

  private Overflows() {}

  /**
   * The failure, when it is one of these. Where Ollama does not count the tokens, the least number
   * that does not fit stands for them.
   */
  static Optional<Failure> find(JsonNode error, String text, int window) {
    if (!isOverflow(error.path("type").asText(), text.toLowerCase(Locale.ROOT))) {
      return Optional.empty();
    }
    int size = error.path("n_ctx").asInt(0);
    int tokens = error.path("n_prompt_tokens").asInt(0);
    Matcher numbers = NUMBERS.matcher(text);
    if (numbers.find()) {
      tokens = tokens > 0 ? tokens : Integer.parseInt(numbers.group(1));
      size = size > 0 || numbers.group(2) == null ? size : Integer.parseInt(numbers.group(2));
    }
    int limit = size > 0 ? size : window;
    return Optional.of(Failure.tooLong(tokens > 0 ? tokens : limit + 1, limit));
  }

  private static boolean isOverflow(String type, String text) {
    return type.equals("exceed_context_size_error")
        || text.contains("prompt is longer than the context")
        || text.contains("too large to process")
        || (text.contains("exceed") && text.contains("context"));
  }
}
