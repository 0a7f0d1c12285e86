package com.visiquate.ccproxy.routing.estimate;

import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.routing.backends.BackendView;
import com.visiquate.ccproxy.routing.backends.FleetState;
import com.visiquate.ccproxy.routing.backends.TakenSlot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.LongFunction;

/** Says how long somebody will wait; owns how much less work there is than it looks like. */
public final class Forecast {
  private static final double NEWEST = 0.05;

  private final FleetState fleet;
  private final Estimator estimator;
  private double thrift = 1;

  public Forecast(FleetState fleet, Estimator estimator) {
    this.fleet = fleet;
    this.estimator = estimator;
  }

  /** A request has taken so long that was expected to take so long without any cache. */
  public void learn(long actual, long expected) {
    if (expected > 0) {
      thrift += NEWEST * (Math.clamp((double) actual / expected, 0.01, 2) - thrift);
    }
  }

  /** Expected wait of a request of this model that has so much work before it. */
  public Duration wait(ModelName model, long workAhead, Instant now) {
    return waits(model, now).apply(workAhead);
  }

  /** The same for many of them: what is asked of the backends is asked once. */
  public LongFunction<Duration> waits(ModelName model, Instant now) {
    List<BackendView> backends = fleet.likely(model);
    int slots = slots(backends, model);
    long free = hasFree(model, now) ? 0 : nextFree(backends, now);
    return workAhead -> Duration.ofNanos(free + (long) (thrift * workAhead / slots));
  }

  /** Whether the rates of all backends of a model are learnt, so that estimates are honest. */
  public boolean isLearnt(ModelName model) {
    return fleet.likely(model).stream().allMatch(view -> estimator.rate(view, model).isLearnt());
  }

  private boolean hasFree(ModelName model, Instant now) {
    List<BackendView> backends = fleet.likely(model);
    boolean anyUp = !backends.isEmpty() && backends.getFirst().health() == Health.UP;
    for (BackendView view : fleet.open(model)) {
      boolean likely = !anyUp || view.health() == Health.UP;
      if (likely && !view.isFull(model) && view.free(model, now) > 0) {
        return true;
      }
    }
    return false;
  }

  private static long nextFree(List<BackendView> backends, Instant now) {
    long next = Long.MAX_VALUE;
    for (BackendView view : backends) {
      for (TakenSlot taken : view.taken()) {
        next = Math.min(next, taken.remaining(now));
      }
    }
    return next == Long.MAX_VALUE ? 0 : next;
  }

  private static int slots(List<BackendView> backends, ModelName model) {
    int slots = 0;
    for (BackendView view : backends) {
      slots += view.slots(model);
    }
    return Math.max(1, slots);
  }
}
