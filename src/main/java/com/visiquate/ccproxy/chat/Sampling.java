package com.visiquate.ccproxy.chat;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How tokens are drawn. Null leaves a value to the model's own settings.
 *
 * @param maxTokens most tokens to generate, ≥ 1
 * @param stop texts that end the answer
 */
public record Sampling(
    @Nullable Integer maxTokens,
    @Nullable Double temperature,
    @Nullable Double topP,
    @Nullable Integer topK,
    @Nullable Long seed,
    @Nullable Double frequencyPenalty,
    @Nullable Double presencePenalty,
    List<String> stop) {
  public static final Sampling DEFAULT =
      new Sampling(null, null, null, null, null, null, null, List.of());

  public Sampling {
    stop = List.copyOf(stop);
  }

  public Sampling withMaxTokens(int most) {
    return new Sampling(
        most, temperature, topP, topK, seed, frequencyPenalty, presencePenalty, stop);
  }

  public Sampling withSeed(long other) {
    return new Sampling(
        maxTokens, temperature, topP, topK, other, frequencyPenalty, presencePenalty, stop);
  }
}
