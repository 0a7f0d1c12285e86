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
  /** The same with records kept there. */
  public Settings keeping(RecordsSettings elsewhere) {
    return new Settings(
        server, memory, elsewhere, alerts, timeline, tracing, capture, cache, cluster, logging,
        plan);
  }
}
