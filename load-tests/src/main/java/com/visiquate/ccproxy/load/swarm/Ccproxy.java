package com.visiquate.ccproxy.load.swarm;

import com.visiquate.ccproxy.load.Program;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** ccproxy with its usual settings, all times as fast as the simulators. */
final class Ccproxy {
  private static final double HEARTBEAT = 10;

  /** Of this machine: more often would measure heartbeats. */
  private static final long LEAST_HEARTBEAT_MILLIS = 200;

  /** By the number of the server. */
  static final List<String> BACKENDS = List.of("fast-1", "fast-2", "quality");

  private Ccproxy() {}

  static Front start(Site site, Strategy strategy) throws IOException, InterruptedException {
    int port = Program.freePort();
    Path file = site.folder().resolve("ccproxy.yaml");
    // A new one each time: nothing of an earlier run may count.
    Path records =
        Files.createTempDirectory(site.folder().toAbsolutePath(), "records-").resolve("records.db");
    Files.writeString(file, configuration(site, strategy, port, records));
    List<String> command =
        List.of(
            Program.java(),
            "-Xmx512m",
            "-jar",
            site.jar().toString(),
            "--config",
            file.toAbsolutePath().toString());
    Program program =
        Program.start(site.folder().resolve("ccproxy-" + strategy.label() + ".log"), command);
    URI uri = Site.local(port);
    program.awaitReady(uri + "/health");
    return new Front(program, new OpenAi(), Map.of(Model.FAST, uri, Model.QUALITY, uri));
  }

  /** The bounds of the queue are out of the way, so that nobody is refused. */
  private static String configuration(Site site, Strategy strategy, int port, Path records) {
    long heartbeat = Math.max(LEAST_HEARTBEAT_MILLIS, site.millis(HEARTBEAT));
    return """
    server: {host: 127.0.0.1, port: %d}
    backends:
      - {id: fast-1, url: "%s", slots: 1, host: machine-1}
      - {id: fast-2, url: "%s", slots: 1, host: machine-2}
      - {id: quality, url: "%s", slots: 1, host: machine-3}
    models:
      - {name: %s, ollama: "%s", context: %d, backends: [fast-1, fast-2], warm: true}
      - {name: %s, ollama: "%s", context: %d, backends: [quality], warm: true}
    routing: {strategy: %s, residency: %dms, patience: %s}
    queue: {length: 1000, wait: 2h}
    limits: {total: 0s, between-tokens: 0s}
    waiting: {commit-after: %dms, heartbeat: %dms}
    logging: {access: false}
    records: {file: "%s"}
    """
        .formatted(
            port,
            site.ollamas().get(0),
            site.ollamas().get(1),
            site.ollamas().get(2),
            Model.FAST.alias(),
            Model.FAST.ollama(),
            Model.CONTEXT,
            Model.QUALITY.alias(),
            Model.QUALITY.ollama(),
            Model.CONTEXT,
            strategy.label(),
            site.millis(site.policy().residency()),
            site.policy().patience(),
            heartbeat,
            heartbeat,
            records);
  }
}
