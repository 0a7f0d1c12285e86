package com.visiquate.ccproxy.fleet;

import java.util.Set;

/**
 * Which requests may share a run or have an answer from before, unless their clients say otherwise.
 *
 * @param join who shares a run
 * @param store who is given stored answers, and whose are stored
 * @param models whose requests are stored besides, by the names that clients use
 * @param routes whose requests are stored besides, such as {@code /v1/chat/completions}
 */
public record CachePolicy(Extent join, Extent store, Set<String> models, Set<String> routes) {
  /** Nothing has to do with it. */
  public static final CachePolicy OFF =
      new CachePolicy(Extent.NONE, Extent.NONE, Set.of(), Set.of());

  /** Runs are shared where answers would be the same; nothing is stored. */
  public static final CachePolicy DEFAULT =
      new CachePolicy(Extent.CERTAIN, Extent.NONE, Set.of(), Set.of());

  public CachePolicy {
    models = Set.copyOf(models);
    routes = Set.copyOf(routes);
  }

  /** Of how many requests something holds. */
  public enum Extent {
    /** Only of those whose client asks for it. */
    WISHED,
    NONE,
    /** Of those that the same model answers in the same way each time. */
    CERTAIN,
    ALL
  }

  public boolean isAny() {
    return join != Extent.NONE || store != Extent.NONE;
  }
}
