package com.visiquate.ccproxy.routing.backends;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A machine whose compute several backends share, and how many requests it may run at once. */
public final class Host {
  private final List<BackendView> views = new ArrayList<>();
  private final int most;
  private long begun;

  Host(int most) {
    this.most = most;
  }

  /** A machine that runs whatever its backends run. */
  static Host unbounded() {
    return new Host(Integer.MAX_VALUE);
  }

  void add(BackendView view) {
    views.add(view);
  }

  /** A prompt of so many nanoseconds begins on it; how much has begun there until now. */
  long begin(long nanos) {
    begun += nanos;
    return begun;
  }

  /** Nanoseconds of prompts that have begun on it. */
  long begun() {
    return begun;
  }

  /** Nanoseconds of prompts that all its backends but this one have not computed yet. */
  public long promptsBeside(BackendView backend, Instant now) {
    long sum = 0;
    for (BackendView view : views) {
      if (view != backend) {
        sum += view.taken().promptsLeft(now);
      }
    }
    return sum;
  }

  /** How many more requests may run on it, on whichever of its backends. */
  int room() {
    if (most == Integer.MAX_VALUE) {
      return most;
    }
    int running = 0;
    for (BackendView view : views) {
      running += view.taken().size();
    }
    return most - running;
  }
}
