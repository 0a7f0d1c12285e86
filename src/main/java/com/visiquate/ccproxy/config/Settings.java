package com.visiquate.ccproxy.config;

import com.visiquate.ccproxy.fleet.FleetPlan;

/** The whole configuration, valid by construction. Only {@code plan} may change while running. */
public record Settings(
    ServerSettings server,
    MemorySettings memory,
    RecordsSettings records,
    AlertSettings alerts,
    TimelineSettings timeline,
    TracingSettings tracing,
    CaptureSettings capture,
    CacheSettings cache,
    ClusterSettings cluster,
    LogSettings logging,
    FleetPlan plan) {
  /** The same for one node of several, where half of what may be kept is what all nodes know. */
  public Settings sharing() {
    return new Settings(
        server,
        memory.halved(),
        records,
        alerts,
        timeline,
        tracing,
        capture,
        cache.redis().isThere() ? cache : cache.halved(),
        cluster,
        logging,
        plan);
  }

  /** The same with records kept there. */
  public Settings keeping(RecordsSettings elsewhere) {
    return new Settings(
        server, memory, elsewhere, alerts, timeline, tracing, capture, cache, cluster, logging,
        plan);
  }
}
