package com.visiquate.ccproxy.ollama;

import com.fasterxml.jackson.core.JsonGenerator;
import com.visiquate.ccproxy.chat.Sampling;
import com.visiquate.ccproxy.fleet.ModelSpec;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code options}: those of the model, then those of the request, sorted by name. The window
 * is always the model's own, because any other would load the model again.
 */
final class Options {
  private Options() {}

  static void write(JsonGenerator out, ModelSpec model, @Nullable Sampling sampling)
      throws IOException {
    Map<String, Object> options = new TreeMap<>(model.options());
    if (sampling != null) {
      add(options, sampling, model.context());
    }
    options.put("num_ctx", model.context());
    options.remove(BodyWriter.THINK);
    out.writePOJOField("options", options);
  }

  private static void add(Map<String, Object> options, Sampling sampling, int window) {
    options.putAll(sampling.further());
    put(options, "temperature", sampling.temperature());
    put(options, "top_p", sampling.topP());
    put(options, "top_k", sampling.topK());
    put(options, "seed", sampling.seed());
    put(options, "frequency_penalty", sampling.frequencyPenalty());
    put(options, "presence_penalty", sampling.presencePenalty());
    if (!sampling.stop().isEmpty()) {
      options.put("stop", sampling.stop());
    }
    Integer most = sampling.maxTokens();
    if (most != null) {
      // Never 0: Ollama leaves it out on one of its paths, which means "without end".
      options.put("num_predict", Math.clamp(most, 1, window));
    }
  }

  private static void put(Map<String, Object> options, String name, @Nullable Object value) {
    if (value != null) {
      options.put(name, value);
    }
  }
}
