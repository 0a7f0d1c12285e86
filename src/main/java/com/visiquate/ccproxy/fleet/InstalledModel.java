package com.visiquate.ccproxy.fleet;

import java.util.Set;

/**
 * A model that an Ollama has on its disk.
 *
 * @param capabilities Ollama's words: completion, tools, thinking, vision, embedding, insert; empty
 *     when that Ollama does not say
 * @param serial whether that Ollama runs one request of it at a time, however many slots it has
 */
public record InstalledModel(
    String ollama, String digest, Set<String> capabilities, boolean serial, ModelCard card) {
  public InstalledModel {
    capabilities = Set.copyOf(capabilities);
  }

  /** One that runs in as many slots as there are. */
  public InstalledModel(String ollama, String digest, Set<String> capabilities) {
    this(ollama, digest, capabilities, false);
  }

  /** One of which no card is known. */
  public InstalledModel(String ollama, String digest, Set<String> capabilities, boolean serial) {
    this(ollama, digest, capabilities, serial, ModelCard.UNKNOWN);
  }

  /** The same with another card. */
  public InstalledModel with(ModelCard other) {
    return new InstalledModel(ollama, digest, capabilities, serial, other);
  }

  /** Whether the model can do this; a model of which nothing is known is given the benefit. */
  public boolean can(String capability) {
    return capabilities.isEmpty() || capabilities.contains(capability);
  }

  /** Whether all that it can do is to embed texts. */
  public boolean onlyEmbeds() {
    return capabilities.contains("embedding") && !capabilities.contains("completion");
  }
}
