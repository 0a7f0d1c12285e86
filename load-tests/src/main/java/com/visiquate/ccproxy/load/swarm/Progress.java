package com.visiquate.ccproxy.load.swarm;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Owns what all agents have to tell while they work; any thread may write and read. */
final class Progress {
  private final List<Answered> answered = new ArrayList<>();
  private final List<String> troubles = new ArrayList<>();
  private final AtomicInteger refusals = new AtomicInteger();
  private final AtomicInteger asking = new AtomicInteger();
  private final AtomicInteger finished = new AtomicInteger();

  void asks() {
    asking.incrementAndGet();
  }

  void heard() {
    asking.decrementAndGet();
  }

  synchronized void answered(Answered turn) {
    answered.add(turn);
  }

  void refused(boolean really) {
    refusals.addAndGet(really ? 1 : 0);
  }

  synchronized void failed(String trouble) {
    troubles.add(trouble);
  }

  void finished() {
    finished.incrementAndGet();
  }

  synchronized List<Answered> answered() {
    return List.copyOf(answered);
  }

  synchronized List<String> troubles() {
    return List.copyOf(troubles);
  }

  int refusals() {
    return refusals.get();
  }

  String line() {
    return "%d agents are done, %d turns answered, %d waiting or running, %d refused, %d failed"
        .formatted(
            finished.get(), answered().size(), asking.get(), refusals.get(), troubles().size());
  }
}
