package com.visiquate.ccproxy.dialect;

/** Knows how densely a model's tokenizer packs; measured by whoever sees Ollama's own counts. */
@FunctionalInterface
public interface Calibration {
  Calibration DEFAULT = model -> TokenRatios.DEFAULT;

  /** The ratios of a model, by the name that the client used. */
  TokenRatios ratios(String model);
}
