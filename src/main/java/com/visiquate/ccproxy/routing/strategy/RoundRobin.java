package com.visiquate.ccproxy.routing.strategy;

import com.visiquate.ccproxy.fleet.BackendId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The candidate whose last turn is longest ago; owns the memory of whose turn was when. */
final class RoundRobin implements Choice {
  private final Map<BackendId, Long> turns = new HashMap<>();
  private long turn;

  @Override
  public BackendOption among(List<BackendOption> candidates) {
    BackendOption next =
        candidates.stream().min(Comparator.comparingLong(this::last)).orElseThrow();
    turns.put(next.backend(), ++turn);
    return next;
  }

  private long last(BackendOption candidate) {
    return turns.getOrDefault(candidate.backend(), 0L);
  }
}
