package com.visiquate.ccproxy.routing.cache;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What would happen to a cache if a request ran there now.
 *
 * @param kept the length of the request that need not be computed again
 * @param occupant whose place it would take, whether that loses anything by it or only has to wait;
 *     null when that is nobody
 * @param displaced the conversations that would lose their place, wholly or in part
 */
public record Outlook(int kept, @Nullable CachedPrompt occupant, List<Displaced> displaced) {
  static final Outlook NOTHING = new Outlook(0, null, List.of());

  /** The same, with others that go as well. */
  public Outlook and(List<Displaced> others) {
    List<Displaced> all = new ArrayList<>(displaced);
    all.addAll(others);
    return new Outlook(kept, occupant, all);
  }

  public Outlook {
    displaced = List.copyOf(displaced);
  }
}
