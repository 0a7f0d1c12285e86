package com.visiquate.ccproxy.simulator.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.visiquate.ccproxy.simulator.wire.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads {@code options}: unknown names are ignored, a wrong type is a 500. */
public final class OptionsReader {
  private static final Set<String> INTEGERS =
      Set.of(
          "num_ctx",
          "num_batch",
          "num_gpu",
          "main_gpu",
          "num_thread",
          "num_keep",
          "seed",
          "num_predict",
          "top_k",
          "repeat_last_n",
          "draft_num_predict");
  private static final Set<String> FLOATS =
      Set.of(
          "top_p",
          "min_p",
          "typical_p",
          "temperature",
          "repeat_penalty",
          "presence_penalty",
          "frequency_penalty");
  private static final List<String> LOAD =
      List.of("num_batch", "num_gpu", "main_gpu", "use_mmap", "num_thread", "draft_num_predict");

  /** Ollama's smallest window. */
  private static final int LEAST_CONTEXT = 4;

  /** Ollama speaks at most so many windows. */
  private static final int MOST_WINDOWS = 10;

  private OptionsReader() {}

  public static Ask.Options read(JsonNode options, boolean shift, int contextLength) {
    int window = Math.max(LEAST_CONTEXT, options.path("num_ctx").asInt(contextLength));
    int most = Math.multiplyExact(MOST_WINDOWS, Math.min(window, Integer.MAX_VALUE / MOST_WINDOWS));
    int predict = options.path("num_predict").asInt(-1);
    return new Ask.Options(
        window,
        predict <= 0 ? most : Math.min(predict, most),
        texts(options.path("stop")),
        new Ask.LoadOptions(signature(options), shift));
  }

  /** Ollama checks the types only when it schedules, after the model's abilities. */
  public static void check(JsonNode options) {
    options.properties().forEach(entry -> check(entry.getKey(), entry.getValue()));
  }

  private static String signature(JsonNode options) {
    StringBuilder signature = new StringBuilder();
    for (String name : LOAD) {
      JsonNode value = options.path(name);
      if (!value.isMissingNode() && !value.isNull()) {
        signature.append(name).append('=').append(value).append(' ');
      }
    }
    return signature.toString();
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return List.copyOf(texts);
  }

  private static void check(String name, JsonNode value) {
    if (value.isNull()) {
      return;
    }
    if (INTEGERS.contains(name) && !value.isNumber()) {
      throw wrong(name, "integer");
    }
    if (FLOATS.contains(name) && !value.isNumber()) {
      throw wrong(name, "float32");
    }
    if (name.equals("use_mmap") && !value.isBoolean()) {
      throw wrong(name, "boolean");
    }
    if (name.equals("stop")) {
      checkStop(value);
    }
  }

  private static void checkStop(JsonNode value) {
    if (!value.isArray()) {
      throw wrong("stop", "array");
    }
    for (JsonNode word : value) {
      if (!word.isTextual()) {
        throw RefusedException.error(500, "option \"stop\" must be of an array of strings");
      }
    }
  }

  private static RefusedException wrong(String name, String type) {
    return RefusedException.error(500, "option \"%s\" must be of type %s".formatted(name, type));
  }
}
