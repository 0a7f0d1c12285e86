package com.visiquate.ccproxy.config;

import com.visiquate.ccproxy.fleet.FleetPlan;
import java.util.List;

/** The outermost keys. */
final class SettingsReader {
  private static final long KIB = 1L << 10;
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;
  private static final List<String> LEVELS = List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR");
  private static final int MOST_EVENT_LOOPS = 256;
  private static final int MOST_HOURS = 24 * 14;
  private static final int LONGEST_REHEARSAL = 100_000;

  private SettingsReader() {}

  /** Settings that may be used only when the reading ends without a problem. */
  static Settings read(Section root) {
    Section serverSection = root.section("server");
    ServerSettings server = server(serverSection);
    MemorySettings memory = memory(root.section("memory"));
    RecordsSettings records = RecordsReader.read(root.section("records"));
    AlertSettings alerts = AlertReader.read(root.section("alerts"));
    TimelineSettings timeline = timeline(root.section("timeline"));
    FleetPlan plan = PlanReader.read(root);
    RecordsReader.expectFor(root, plan.accounting().budgets(), records);
    Doubts.exposed(serverSection, server, plan);
    TracingSettings tracing = TracingReader.read(root.section("tracing"));
    CaptureSettings capture = CaptureReader.read(root.section("capture"), plan);
    CacheSettings cache = CacheReader.read(root.section("cache"));
    ClusterSettings cluster = ClusterReader.read(root.section("cluster"));
    LogSettings logging = logging(root.section("logging"));
    root.end();
    return new Settings(
        server, memory, records, alerts, timeline, tracing, capture, cache, cluster, logging, plan);
  }

  private static ServerSettings server(Section section) {
    ServerSettings otherwise = ServerSettings.DEFAULT;
    ServerSettings server =
        new ServerSettings(
            section.value("host", Kind.text("a host name or address"), otherwise.host()),
            section.value("port", Kind.whole(0, 65_535), otherwise.port()),
            section.value("body-limit", Kind.size(KIB, GIB), otherwise.bodyLimit()),
            section
                .value("header-limit", Kind.size(KIB, MIB), (long) otherwise.headerLimit())
                .intValue(),
            section.value("idle", Kind.duration(), otherwise.idle()),
            section.value("drain", Kind.duration(), otherwise.drain()),
            section.value("event-loops", Kind.whole(0, MOST_EVENT_LOOPS), otherwise.eventLoops()),
            section.value("rehearsal", Kind.whole(0, LONGEST_REHEARSAL), otherwise.rehearsal()),
            edge(section, otherwise.edge()));
    section.end();
    return server;
  }

  private static MemorySettings memory(Section section) {
    MemorySettings otherwise = MemorySettings.DEFAULT;
    MemorySettings memory =
        new MemorySettings(
            section.value("responses", Kind.whole(0), otherwise.responses()),
            section.value("size", Kind.size(0, 64 * GIB), otherwise.bytes()),
            section.value("loops", Kind.whole(0), otherwise.loops()));
    section.end();
    return memory;
  }

  private static TimelineSettings timeline(Section section) {
    TimelineSettings otherwise = TimelineSettings.DEFAULT;
    TimelineSettings timeline =
        new TimelineSettings(
            section.value("hours", Kind.whole(0, MOST_HOURS), otherwise.hours()),
            section.value("size", Kind.size(2 * MIB, 64 * GIB), otherwise.bytes()));
    section.end();
    return timeline;
  }

  private static ServerSettings.Edge edge(Section section, ServerSettings.Edge otherwise) {
    Kind<String> host =
        Kind.TEXT.when(
            name -> name.matches("(\\*\\.)?[A-Za-z0-9.-]+"), "a host name without port, or *.name");
    return new ServerSettings.Edge(
        section.value("without-keys", Kind.FLAG, otherwise.withoutKeys()),
        section.value("open-metrics", Kind.FLAG, otherwise.openMetrics()),
        section.list("hosts").stream().flatMap(item -> item.as(host).stream()).toList(),
        section.value("head-wait", Kind.duration(), otherwise.headWait()),
        section.value("body-wait", Kind.duration(), otherwise.bodyWait()));
  }

  private static LogSettings logging(Section section) {
    LogSettings otherwise = LogSettings.DEFAULT;
    Kind<String> level = Kind.choice(LEVELS, word -> word);
    Kind<String> format = Kind.choice(List.of("text", "json"), word -> word);
    LogSettings logging =
        new LogSettings(
            section.value("level", level, otherwise.level()),
            section.value("format", format, otherwise.format()),
            section.value("file", Kind.TEXT, otherwise.file()),
            section.value("max-size", Kind.size(64 * KIB, 10 * GIB), otherwise.maxSize()),
            section.value("max-days", Kind.whole(1, 3_650), otherwise.maxDays()),
            section.value("total-size", Kind.size(64 * KIB, 1024 * GIB), otherwise.totalSize()),
            section.value("access", Kind.FLAG, otherwise.access()));
    section.end();
    return logging;
  }
}
