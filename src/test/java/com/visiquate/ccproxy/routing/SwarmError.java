package com.visiquate.ccproxy.routing;

import com.visiquate.ccproxy.bus.Fact.PrefixSeen;
import java.util.ArrayList;
import java.util.List;

/** How far what was expected of the caches was off, as shares of all prompt tokens. */
final class SwarmError {
  private final List<PrefixSeen> all = new ArrayList<>();

  void add(PrefixSeen seen) {
    all.add(seen);
  }

  /** Of the first quarter of the prompts. */
  double first() {
    return of(all.subList(0, all.size() / 4));
  }

  /** Of the second half of them. */
  double last() {
    return of(all.subList(all.size() / 2, all.size()));
  }

  private static double of(List<PrefixSeen> some) {
    double wrong = 0;
    double tokens = 0;
    for (PrefixSeen seen : some) {
      wrong += Math.abs(seen.expected() - seen.observed());
      tokens += seen.tokens();
    }
    return wrong / tokens;
  }
}
