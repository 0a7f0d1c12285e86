package com.visiquate.ccproxy.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The settings that are read once, at the start. */
public final class Restarts {
  private Restarts() {}

  /** The keys whose new values wait for a restart. */
  public static List<String> needed(Settings running, Settings wanted) {
    Map<String, Object> now = fixed(running);
    Map<String, Object> then = fixed(wanted);
    return now.keySet().stream()
        .filter(key -> !Objects.equals(now.get(key), then.get(key)))
        .toList();
  }

  /** What runs after a reload: the new plan and level with everything else as it was. */
  public static Settings reloaded(Settings running, Settings wanted) {
    return new Settings(
        running.server(),
        running.memory(),
        running.records(),
        running.alerts(),
        running.timeline(),
        running.tracing(),
        running.capture(),
        running.cache(),
        running.cluster(),
        running.logging().at(wanted.logging().level()),
        wanted.plan());
  }

  private static Map<String, Object> fixed(Settings settings) {
    ServerSettings server = settings.server();
    Map<String, Object> fixed = new LinkedHashMap<>();
    fixed.put("server.host", server.host());
    fixed.put("server.port", server.port());
    fixed.put("server.body-limit", server.bodyLimit());
    fixed.put("server.header-limit", server.headerLimit());
    fixed.put("server.idle", server.idle());
    fixed.put("server.drain", server.drain());
    fixed.put("server.event-loops", server.eventLoops());
    fixed.put("server.rehearsal", server.rehearsal());
    fixed.put("memory.responses", settings.memory().responses());
    fixed.put("memory.size", settings.memory().bytes());
    fixed.put("records", settings.records());
    fixed.put("timeline.hours", settings.timeline().hours());
    fixed.put("timeline.size", settings.timeline().bytes());
    fixed.put("tracing", settings.tracing());
    fixed.put("capture", settings.capture());
    fixed.put("cache", settings.cache());
    fixed.put("cluster", settings.cluster());
    ServerSettings.Edge edge = server.edge();
    fixed.put("server.without-keys", edge.withoutKeys());
    fixed.put("server.open-metrics", edge.openMetrics());
    fixed.put("server.hosts", edge.hosts());
    fixed.put("server.head-wait", edge.headWait());
    fixed.put("server.body-wait", edge.bodyWait());
    logging(settings.logging(), fixed);
    fixed.put("alerts", settings.alerts());
    return fixed;
  }

  private static void logging(LogSettings logging, Map<String, Object> fixed) {
    fixed.put("logging.format", logging.format());
    fixed.put("logging.file", logging.file());
    fixed.put("logging.max-size", logging.maxSize());
    fixed.put("logging.max-days", logging.maxDays());
    fixed.put("logging.total-size", logging.totalSize());
    fixed.put("logging.access", logging.access());
  }
}
