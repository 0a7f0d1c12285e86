package com.visiquate.ccproxy.routing.strategy;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** The least expected time to the first token; among equals the most free slots, then chance. */
final class LeastBusy implements Choice {
  /** Estimates that differ by less than this say nothing; then free slots decide. */
  private static final double NOISE = 0.05;

  private static final long NOISE_FLOOR = Duration.ofMillis(10).toNanos();

  private final Shuffle ties;

  LeastBusy(RandomGenerator random) {
    this.ties = new Shuffle(random);
  }

  @Override
  public BackendOption among(List<BackendOption> candidates) {
    List<BackendOption> soonest = soonest(candidates);
    int most = soonest.stream().mapToInt(BackendOption::free).max().orElseThrow();
    return ties.among(soonest.stream().filter(one -> one.free() == most).toList());
  }

  private static List<BackendOption> soonest(List<BackendOption> candidates) {
    long least = candidates.stream().mapToLong(LeastBusy::nanos).min().orElseThrow();
    long limit = least + Math.max(NOISE_FLOOR, (long) (least * NOISE));
    return candidates.stream().filter(one -> nanos(one) <= limit).toList();
  }

  private static long nanos(BackendOption candidate) {
    return candidate.firstToken().toNanos();
  }
}
