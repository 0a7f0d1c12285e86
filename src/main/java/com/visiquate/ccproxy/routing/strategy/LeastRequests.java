package com.visiquate.ccproxy.routing.strategy;

import java.util.List;
import java.util.random.RandomGenerator;

/** The fewest running requests for its weight; ties at random. */
final class LeastRequests implements Choice {
  private final Shuffle ties;

  LeastRequests(RandomGenerator random) {
    this.ties = new Shuffle(random);
  }

  @Override
  public BackendOption among(List<BackendOption> candidates) {
    double least = candidates.stream().mapToDouble(LeastRequests::load).min().orElseThrow();
    return ties.among(candidates.stream().filter(one -> load(one) <= least).toList());
  }

  private static double load(BackendOption candidate) {
    return candidate.running() / candidate.weight();
  }
}
