package com.visiquate.ccproxy.http.view;

import com.visiquate.ccproxy.fleet.Alias;
import com.visiquate.ccproxy.fleet.Catalogue;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a client's name for a model is called in metrics: a configured word, never its own. */
public final class AliasLabels {
  /** What names no model that is known. */
  public static final String UNKNOWN = "unknown";

  private static final int MOST = 1024;
  private final Catalogue catalogue;
  private final Map<String, String> known = new HashMap<>();

  AliasLabels(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** The alias as configured, or the model's name; {@code unknown} when it is neither. */
  String of(String name) {
    String label = known.get(name);
    if (label != null) {
      return label;
    }
    String found = find(name);
    if (known.size() < MOST) {
      known.put(name, found);
    }
    return found;
  }

  private String find(String name) {
    return exact(name).or(() -> exact(Catalogue.untagged(name))).orElse(UNKNOWN);
  }

  private Optional<String> exact(String name) {
    return catalogue.aliases().stream()
        .filter(alias -> alias.matches(name))
        .findFirst()
        .map(Alias::pattern)
        .or(() -> catalogue.names().stream().filter(name::equals).findFirst());
  }
}
