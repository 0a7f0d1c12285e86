package com.visiquate.ccproxy.fleet;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * One model as configured.
 *
 * @param ollama the name that Ollama knows it by
 * @param context window in tokens, ≥ 4; sent as {@code num_ctx} with every request, so that none of
 *     them reloads the model
 * @param backends where it is installed, not empty
 * @param warm whether it is loaded before anybody asks
 * @param keepAlive how long Ollama keeps it loaded: seconds, a duration such as {@code 30m}, or -1
 *     for ever
 * @param options further Ollama options: numbers, booleans, strings or lists of strings
 * @param fallbacks who answers when it cannot
 */
public record ModelSpec(
    ModelName name,
    String ollama,
    int context,
    List<BackendId> backends,
    boolean warm,
    String keepAlive,
    Map<String, Object> options,
    Fallbacks fallbacks) {
  /** One for which no other answers. */
  public ModelSpec(
      ModelName name,
      String ollama,
      int context,
      List<BackendId> backends,
      boolean warm,
      String keepAlive,
      Map<String, Object> options) {
    this(name, ollama, context, backends, warm, keepAlive, options, Fallbacks.NONE);
  }

  public ModelSpec {
    Expect.that(!ollama.isBlank(), "ollama", "\"\"", "the name that Ollama knows");
    Expect.that(context >= 4, "context", context, ">= 4");
    Expect.that(!backends.isEmpty(), "backends", "[]", "at least one backend");
    backends = List.copyOf(backends);
    options = Map.copyOf(options);
  }

  /** The same, with others that answer when it cannot. */
  public ModelSpec with(Fallbacks others) {
    return new ModelSpec(name, ollama, context, backends, warm, keepAlive, options, others);
  }

  /** Whether Ollama means this model by a name; a missing tag is {@code latest}. */
  public boolean isCalled(String ollamaName) {
    return ollamaName.equals(ollama) || tagged(ollamaName).equals(tagged(ollama));
  }

  /** Whether Ollama means this model by one of these names. */
  public boolean isAmong(Collection<String> ollamaNames) {
    for (String name : ollamaNames) {
      if (isCalled(name)) {
        return true;
      }
    }
    return false;
  }

  private static String tagged(String name) {
    return name.indexOf(':', name.lastIndexOf('/') + 1) < 0 ? name + ":latest" : name;
  }
}
