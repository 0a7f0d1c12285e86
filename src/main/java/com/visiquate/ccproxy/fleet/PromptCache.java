package com.visiquate.ccproxy.fleet;

import java.util.OptionalDouble;

/**
 * What an Ollama of the newer line keeps of replaced prompts in main memory, for each model that it
 * has loaded.
 *
 * @param bytes the most that it takes: its LLAMA_ARG_CACHE_RAM; 0 when it keeps none
 * @param kv how it writes what it keeps
 */
public record PromptCache(long bytes, KvType kv) {
  /** As Ollama has it when nobody sets it. */
  public static final PromptCache DEFAULT = new PromptCache(8L << 30, KvType.F16);

  /** Tokens of a model of which nothing is known. */
  public static final int UNKNOWN = 40_000;

  /** Less holds the prompt of hardly any agent, and more is hardly ever of use. */
  private static final int LEAST = 8_192;

  private static final int MOST = 1_200_000;

  public PromptCache {
    Expect.that(bytes >= 0, "prompt-cache", bytes, ">= 0");
  }

  /** Whether anything is kept. */
  public boolean isThere() {
    return bytes > 0;
  }

  /** How many tokens of this model fit, as far as is known before any of it is seen. */
  public int tokens(ModelCard card) {
    OptionalDouble cost = KvCost.ofToken(card, kv);
    return cost.isEmpty() ? UNKNOWN : (int) Math.clamp(bytes / cost.getAsDouble(), LEAST, MOST);
  }
}
