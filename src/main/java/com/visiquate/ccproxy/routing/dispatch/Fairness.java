package com.visiquate.ccproxy.routing.dispatch;

import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.routing.recent.RecentMap;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Owns how much service each client has had lately; it counts against what it asks for next. */
public final class Fairness {
  private static final int CLIENTS = 4_096;
  private static final double MEMORY_NANOS = 120e9;

  private final Map<ClientId, Served> served = new RecentMap<>(CLIENTS);
  private final double weight;

  private record Served(double nanos, Instant at) {
    double now(Instant now) {
      double age = Duration.between(at, now).toNanos();
      return nanos * Math.exp(-Math.max(0, age) / MEMORY_NANOS);
    }
  }

  /**
   * Nobody was served yet.
   *
   * @param weight nanoseconds of penalty for each nanosecond of service
   */
  public Fairness(double weight) {
    this.weight = weight;
  }

  public void served(ClientId client, long nanos, Instant now) {
    Served before = served.get(client);
    double old = before == null ? 0 : before.now(now);
    served.put(client, new Served(old + nanos, now));
  }

  /** Nanoseconds that its requests count longer than they are. */
  double penalty(ClientId client, Instant now) {
    Served before = served.get(client);
    return before == null ? 0 : weight * before.now(now);
  }
}
