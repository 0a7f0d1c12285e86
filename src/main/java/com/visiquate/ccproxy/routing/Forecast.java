package com.visiquate.ccproxy.routing;

import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.ModelName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Says how long somebody will wait; owns how much less work there is than it looks like. */
final class Forecast {
  private static final double NEWEST = 0.05;

  private final Fleet fleet;
  private final Estimator estimator;
  private double thrift = 1;

  Forecast(Fleet fleet, Estimator estimator) {
    this.fleet = fleet;
    this.estimator = estimator;
  }

  /** A request has taken so long that was expected to take so long without any cache. */
  void learn(long actual, long expected) {
    if (expected > 0) {
      thrift += NEWEST * (Math.clamp((double) actual / expected, 0.01, 2) - thrift);
    }
  }

  /** Expected wait of a request of this model that has so much work before it. */
  Duration wait(ModelName model, long workAhead, Instant now) {
    List<BackendView> backends = useful(model);
    int slots = Math.max(1, backends.stream().mapToInt(view -> view.slots(model)).sum());
    long ahead = (long) (thrift * workAhead / slots);
    return Duration.ofNanos(nextFree(backends, model, now) + ahead);
  }

  /** Whether the rates of all backends of a model are learnt, so that estimates are honest. */
  boolean isLearnt(ModelName model) {
    return useful(model).stream().allMatch(view -> estimator.rate(view, model).isLearnt());
  }

  private static long nextFree(List<BackendView> backends, ModelName model, Instant now) {
    boolean free = backends.stream().anyMatch(view -> view.free(model, now) > 0);
    return free
        ? 0
        : backends.stream()
            .flatMap(view -> view.seats().stream())
            .mapToLong(seat -> seat.remaining(now))
            .min()
            .orElse(0);
  }

  /** The backends that are up, or all when none is. */
  private List<BackendView> useful(ModelName model) {
    List<BackendView> all = fleet.serving(model);
    List<BackendView> up = all.stream().filter(view -> view.health() == Health.UP).toList();
    return up.isEmpty() ? all : up;
  }
}
