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
    Program program = begin(site, file, "ccproxy-" + strategy.label());
    URI uri = Site.local(port);
    program.awaitReady(uri + "/health");
    return new Front(program, new OpenAi(), Map.of(Model.FAST, uri, Model.QUALITY, uri));
  }

  static Program begin(Site site, Path file, String name) throws IOException {
    List<String> command =
        List.of(
            Program.java(),
            "-Xmx512m",
            "-jar",
            site.jar().toString(),
            "--config",
            file.toAbsolutePath().toString());
    return Program.start(site.folder().resolve(name + ".log"), command);
  }

  /** The bounds of the queue are out of the way, so that nobody is refused. */
  private static String configuration(Site site, Strategy strategy, int port, Path records) {
    String fleet =
        """
        server: {host: 127.0.0.1, port: %d}
        backends:
          - {id: fast-1, url: "%s", slots: 1, host: machine-1}
          - {id: fast-2, url: "%s", slots: 1, host: machine-2}
          - {id: quality, url: "%s", slots: 1, host: machine-3}
        models:
        %s
        %s
        records: {file: "%s"}
        """
            .formatted(
                port,
                site.ollamas().get(0),
                site.ollamas().get(1),
                site.ollamas().get(2),
                model(Model.FAST, "fast-1, fast-2"),
                model(Model.QUALITY, "quality"),
                records);
    return fleet + settings(site, strategy);
  }

  /** A line of {@code models}. */
  static String model(Model model, String backends) {
    return "  - {name: %s, ollama: \"%s\", context: %d, backends: [%s], warm: true}"
        .formatted(model.alias(), model.ollama(), Model.CONTEXT, backends);
  }

  /** What does not depend on how many nodes there are. */
  static String settings(Site site, Strategy strategy) {
    long heartbeat = Math.max(LEAST_HEARTBEAT_MILLIS, site.millis(HEARTBEAT));
    return """
    routing: {strategy: %s, residency: %dms, patience: %s}
    queue: {length: 1000, wait: 2h}
    limits: {total: 0s, between-tokens: 0s}
    waiting: {commit-after: %dms, heartbeat: %dms}
    logging: {access: false}
    """
        .formatted(
            strategy.policy(),
            site.millis(site.policy().residency()),
            site.policy().patience(),
            heartbeat,
            heartbeat);
  }
}
