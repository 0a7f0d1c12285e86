package com.visiquate.ccproxy.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/** Which models an Ollama runs one request of at a time, whatever its parallelism says. */
final class Serial {
  /** Those whose runner cannot keep several prompts apart, in Ollama's own words. */
  private static final Set<String> FAMILIES =
      Set.of(
          "mllama",
          "qwen3vl",
          "qwen3vlmoe",
          "qwen35",
          "qwen35moe",
          "qwen3next",
          "lfm2",
          "lfm2moe",
          "nemotron_h",
          "nemotron_h_moe",
          "nemotron_h_omni");

  /** The format of the models that the MLX runner serves. */
  private static final String MLX = "safetensors";

  private Serial() {}

  /** By the details that the lists of models tell. */
  static boolean isForced(JsonNode details) {
    boolean forced = FAMILIES.contains(details.path("family").asText(""));
    for (JsonNode family : details.path("families")) {
      forced |= FAMILIES.contains(family.asText(""));
    }
    return forced || details.path("format").asText("").equals(MLX);
  }
}
