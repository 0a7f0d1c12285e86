package com.visiquate.ccproxy.fleet;

import java.net.URI;
import java.util.Objects;

/**
 * One Ollama as configured.
 *
 * @param url scheme, host and port; {@code http://127.0.0.1:11434}
 * @param slots requests of one model that it runs at once (its {@code OLLAMA_NUM_PARALLEL}), ≥ 1
 * @param weight relative speed among backends of the same model, &gt; 0; 1 is normal
 * @param host label of the machine whose memory and compute it shares with others
 * @param residentModels models that it may run at the same time, ≥ 1
 * @param promptCache what it keeps besides its slots; as Ollama has it when it is not told
 */
public record BackendSpec(
    BackendId id,
    URI url,
    int slots,
    double weight,
    String host,
    int residentModels,
    GhostRule ghosts,
    PromptCache promptCache) {
  public BackendSpec {
    Expect.that(slots >= 1, "slots", slots, ">= 1");
    Expect.that(weight > 0, "weight", weight, "> 0");
    Expect.that(residentModels >= 1, "resident-models", residentModels, ">= 1");
    Expect.that(url.getHost() != null, "url", url, "http://host:port");
    promptCache = Objects.requireNonNullElse(promptCache, PromptCache.DEFAULT);
  }

  /** One that keeps prompts as Ollama does when nobody sets it. */
  public BackendSpec(
      BackendId id,
      URI url,
      int slots,
      double weight,
      String host,
      int residentModels,
      GhostRule ghosts) {
    this(id, url, slots, weight, host, residentModels, ghosts, PromptCache.DEFAULT);
  }
}
