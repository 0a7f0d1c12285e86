package com.visiquate.ccproxy.fleet;

import java.util.List;
import java.util.function.Predicate;

/**
 * Which models answer for a model that cannot, in the order in which they are tried. Their own
 * fallbacks do not count.
 *
 * @param others when it cannot be reached, fails, or has no room
 * @param larger when the prompt is too long for it
 */
public record Fallbacks(List<ModelName> others, List<ModelName> larger) {
  public static final Fallbacks NONE = new Fallbacks(List.of(), List.of());

  public Fallbacks {
    others = List.copyOf(others);
    larger = List.copyOf(larger);
  }

  public boolean isEmpty() {
    return others.isEmpty() && larger.isEmpty();
  }

  /** Those of them that pass. */
  public Fallbacks only(Predicate<ModelName> rule) {
    return new Fallbacks(
        others.stream().filter(rule).toList(), larger.stream().filter(rule).toList());
  }
}
