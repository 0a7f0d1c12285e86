package com.visiquate.ccproxy.config.litellm;

import java.util.List;
import java.util.Map;

/** The kinds of LiteLLM's fallbacks that mean something here. */
record Fallbacks(List<FallbackPart> parts) {
  /**
   * Reads all of them.
   *
   * @param models the model of each name; patterns are among the names
   */
  static Fallbacks read(Block file, Survey survey, Map<String, String> models) {
    return new Fallbacks(
        List.of(
            new FallbackPart(file, survey, "fallbacks", "fallbacks", models)
                .read()
                .readDefaults("default_fallbacks"),
            new FallbackPart(file, survey, "context_window_fallbacks", "context-fallbacks", models)
                .read()));
  }

  /** The settings of one model. */
  void write(String model, Draft draft) {
    parts.forEach(part -> part.write(model, draft));
  }
}
