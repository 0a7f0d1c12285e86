package com.visiquate.ccproxy.dialect.ollama;

import com.visiquate.ccproxy.fleet.InstalledModel;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * A model as clients see it.
 *
 * @param name the one to ask for: a model's or an alias
 * @param context its window in tokens
 * @param installed the model behind it, as far as any Ollama has told
 */
public record ServedModel(String name, int context, InstalledModel installed) {
  private static final Set<String> LIKELY = Set.of("completion", "tools");

  /** What it can do; of one that nobody has told anything about, what it is most likely to. */
  Collection<String> capabilities() {
    Set<String> told = installed.capabilities();
    return told.isEmpty() ? List.copyOf(LIKELY) : told;
  }
}
