package com.visiquate.ccproxy.routing.strategy;

import java.util.List;
import java.util.random.RandomGenerator;

/** Any candidate, all alike. */
final class Shuffle implements Choice {
  private final RandomGenerator random;

  Shuffle(RandomGenerator random) {
    this.random = random;
  }

  @Override
  public BackendOption among(List<BackendOption> candidates) {
    return candidates.get(random.nextInt(candidates.size()));
  }
}
