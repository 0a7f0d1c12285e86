package com.visiquate.ccproxy.dialect.ollama;

import com.visiquate.ccproxy.chat.Sampling;
import com.visiquate.ccproxy.dialect.Field;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code options}: those that concern one answer. The others decide how a model is loaded;
 * they are the operator's, because any other value would load it again for everybody.
 */
final class OptionsReader {
  private static final List<String> FURTHER_DECIMALS =
      List.of("min_p", "typical_p", "repeat_penalty");
  private static final String LOOK_BACK = "repeat_last_n";
  private static final Set<String> KNOWN =
      Set.of(
          "num_predict",
          "temperature",
          "top_p",
          "top_k",
          "seed",
          "frequency_penalty",
          "presence_penalty",
          "stop",
          "min_p",
          "typical_p",
          "repeat_penalty",
          "repeat_last_n");

  private OptionsReader() {}

  public static Sampling read(Field options, Dropped dropped) {
    if (options.isAbsent()) {
      return Sampling.DEFAULT;
    }
    dropped.addUnknown(options.object(), KNOWN);
    return new Sampling(
        maxTokens(options.at("num_predict")),
        options.at("temperature").decimal(),
        options.at("top_p").decimal(),
        truncated(options.at("top_k")),
        options.at("seed").whole(),
        options.at("frequency_penalty").decimal(),
        options.at("presence_penalty").decimal(),
        stop(options.at("stop")),
        further(options));
  }

  /** Negative means without limit. 0 means that too on some engines and nothing on others. */
  private static @Nullable Integer maxTokens(Field field) {
    Integer most = truncated(field);
    return most == null || most < 0 ? null : Integer.valueOf(Math.max(1, most));
  }

  private static Map<String, Number> further(Field options) {
    Map<String, Number> further = new HashMap<>();
    for (String name : FURTHER_DECIMALS) {
      put(further, name, options.at(name).decimal());
    }
    put(further, LOOK_BACK, truncated(options.at(LOOK_BACK)));
    return further;
  }

  private static void put(Map<String, Number> further, String name, @Nullable Number value) {
    if (value != null) {
      further.put(name, value);
    }
  }

  /** A whole number; Ollama cuts what follows the point. */
  private static @Nullable Integer truncated(Field field) {
    Double value = field.decimal();
    return value == null ? null : Integer.valueOf(value.intValue());
  }

  private static List<String> stop(Field stop) {
    List<String> texts =
        stop.isText() ? List.of(stop.text()) : stop.items().stream().map(Field::text).toList();
    return texts.stream().filter(text -> !text.isEmpty()).toList();
  }
}
