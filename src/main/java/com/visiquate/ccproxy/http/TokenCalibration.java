package com.visiquate.ccproxy.http;

import com.visiquate.ccproxy.fleet.ModelName;
import java.util.HashMap;
import java.util.Map;

/**
 * How far estimates of prompts are off, by model: what Ollama counted over what was estimated, the
 * newest prompts weighing most and large ones more than small ones.
 */
final class TokenCalibration {
  /** A client that is told too little overruns its window, so five percent are added. */
  static final double MARGIN = 1.05;

  static final double LEAST = 0.5;
  static final double MOST = 2;

  /** The estimate counts as proven by one prompt of this size, so that none alone upsets it. */
  private static final double PROOF = 4_000;

  private static final double DECAY = 0.95;
  private static final Sums UNPROVEN = new Sums(PROOF, PROOF / MARGIN);

  private final Map<ModelName, Sums> models = new HashMap<>();

  /**
   * What fitted before, as much as it still counts, all of it.
   *
   * @param estimated by the default ratios
   * @param counted by Ollama
   */
  private record Sums(double estimated, double counted) {
    Sums plus(double estimate, double count) {
      return new Sums(estimated * DECAY + estimate, counted * DECAY + count);
    }

    double factor() {
      return Math.clamp(counted / estimated * MARGIN, LEAST, MOST);
    }
  }

  /** By what the default estimate of a model's prompt is to be multiplied. */
  double factor(ModelName model) {
    return models.getOrDefault(model, UNPROVEN).factor();
  }

  /**
   * A prompt has been counted.
   *
   * @param estimated its tokens by the default ratios, not yet multiplied
   * @param counted its tokens as Ollama says; 0 when it said nothing
   */
  void observed(ModelName model, double estimated, int counted) {
    if (estimated > 0 && counted > 0) {
      models.merge(
          model, UNPROVEN.plus(estimated, counted), (sums, first) -> sums.plus(estimated, counted));
    }
  }
}
