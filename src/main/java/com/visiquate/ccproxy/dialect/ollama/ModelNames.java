package com.visiquate.ccproxy.dialect.ollama;

import com.visiquate.ccproxy.chat.Failure;
import java.util.Locale;

/** What the name of a model says to Ollama, and what Ollama says of names. */
public final class ModelNames {
  private ModelNames() {}

  /** Whether Ollama would send the prompt to somebody else's servers. */
  public static boolean isCloud(String name) {
    String tag = name.substring(name.lastIndexOf(':') + 1).toLowerCase(Locale.ROOT);
    return name.indexOf(':') >= 0 && (tag.equals("cloud") || tag.endsWith("-cloud"));
  }

  /** The refusal of such a name, in the words of an Ollama that has no cloud. */
  public static Failure noCloud() {
    return Failure.invalid(
        "ollama cloud is disabled: remote model is unavailable", "model", "cloud_disabled");
  }

  public static Failure unknown(String name) {
    return new Failure(
        Failure.Kind.UNKNOWN_MODEL,
        "model '%s' not found".formatted(name),
        "",
        "model",
        "model_not_found",
        null,
        null);
  }
}
