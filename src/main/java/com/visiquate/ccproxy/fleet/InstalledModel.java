package com.visiquate.ccproxy.fleet;

import java.util.Set;

/**
 * A model that an Ollama has on its disk.
 *
 * @param capabilities Ollama's words: completion, tools, thinking, vision, embedding, insert; empty
 *     when that Ollama does not say
 */
public record InstalledModel(
    String ollama, String digest, Set<String> capabilities, ModelCard card) {
  public InstalledModel {
    capabilities = Set.copyOf(capabilities);
  }

  public InstalledModel(String ollama, String digest, Set<String> capabilities) {
    this(ollama, digest, capabilities, ModelCard.UNKNOWN);
  }

  /** Whether the model can do this; a model of which nothing is known is given the benefit. */
  public boolean can(String capability) {
    return capabilities.isEmpty() || capabilities.contains(capability);
  }
}
