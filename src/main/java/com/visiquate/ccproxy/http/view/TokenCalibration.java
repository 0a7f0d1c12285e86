package com.visiquate.ccproxy.http.view;

import com.visiquate.ccproxy.fleet.ModelName;
import java.util.HashMap;
import java.util.Map;

/**
 * How far estimates of prompts are off, by model: what Ollama counted over what was estimated, the
 * newest prompts weighing most and large ones more than small ones.
 */
public final class TokenCalibration {
  /** A client that is told too little overruns its window, so five percent are added. */
  static final double MARGIN = 1.05;

  static final double LEAST = 0.5;
  static final double MOST = 2;

  /** The estimate counts as proven by one prompt of this size, so that none alone upsets it. */
  private static final double PROOF = 4_000;

  private static final double DECAY = 0.95;
  private static final Sums UNPROVEN = new Sums(PROOF, PROOF / MARGIN, PROOF / MARGIN);

  private final Map<ModelName, Sums> models = new HashMap<>();

  /**
   * What fitted before, as much as it still counts, all of it.
   *
   * @param estimated by the default ratios
   * @param counted by Ollama
   * @param missed by how much the estimates, as they were corrected then, were off
   */
  private record Sums(double estimated, double counted, double missed) {
    Sums plus(double estimate, double count) {
      double miss = Math.abs(count - estimate * ratio());
      return new Sums(estimated * DECAY + estimate, counted * DECAY + count, missed * DECAY + miss);
    }

    double ratio() {
      return factor() / MARGIN;
    }

    double error() {
      return missed / counted;
    }

    double factor() {
      return Math.clamp(counted / estimated * MARGIN, LEAST, MOST);
    }
  }

  /** By what the default estimate is to be multiplied for a client, which is told a bit more. */
  public double factor(ModelName model) {
    return sums(model).factor();
  }

  /** By what the default estimate is to be multiplied to be right on average. */
  public double ratio(ModelName model) {
    return sums(model).ratio();
  }

  /**
   * By how much estimates are off, as a share of what Ollama counts; 1 while nothing is known of
   * the model, and less with every prompt that has been counted.
   */
  public double error(ModelName model) {
    return sums(model).error();
  }

  private Sums sums(ModelName model) {
    return models.getOrDefault(model, UNPROVEN);
  }

  /**
   * A prompt has been counted.
   *
   * @param estimated its tokens by the default ratios, not yet multiplied
   * @param counted its tokens as Ollama says; 0 when it said nothing
   */
  public void observed(ModelName model, double estimated, int counted) {
    if (estimated > 0 && counted > 0) {
      models.merge(
          model, UNPROVEN.plus(estimated, counted), (sums, first) -> sums.plus(estimated, counted));
    }
  }
}
