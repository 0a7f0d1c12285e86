package com.visiquate.ccproxy.load.swarm;

import com.visiquate.ccproxy.load.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * HAProxy with {@code leastconn} and its own queue before servers that take one request at a time:
 * the best that a proxy does which does not know what an Ollama is.
 */
final class Haproxy {
  /** What any of it begins with: nothing of it limits a swarm. */
  private static final String DEFAULTS =
      """
      global
        maxconn 4096
        nbthread 1
      defaults
        mode http
        option http-no-delay
        timeout connect 5s
        timeout client 2h
        timeout server 2h
        timeout queue 2h
      """;

  private static final String CONFIGURATION =
      """
      frontend fast
        bind 127.0.0.1:%d
        default_backend fast
      frontend quality
        bind 127.0.0.1:%d
        default_backend quality
      backend fast
        balance leastconn
        server fast-1 127.0.0.1:%d maxconn 1
        server fast-2 127.0.0.1:%d maxconn 1
      backend quality
        balance leastconn
        server quality 127.0.0.1:%d maxconn 1
      """;

  private Haproxy() {}

  static Front start(Site site) throws IOException, InterruptedException {
    int fast = Program.freePort();
    int quality = Program.freePort();
    String rest =
        CONFIGURATION.formatted(
            fast,
            quality,
            site.ollamas().get(0).getPort(),
            site.ollamas().get(1).getPort(),
            site.ollamas().get(2).getPort());
    Program program = begin(site, "haproxy", rest);
    program.awaitReady(Site.local(fast) + "/api/version");
    return new Front(
        program,
        new Ollama(),
        Map.of(Model.FAST, Site.local(fast), Model.QUALITY, Site.local(quality)));
  }

  /** One with these front ends and back ends. */
  static Program begin(Site site, String name, String rest) throws IOException {
    Path file = site.folder().resolve(name + ".cfg");
    Files.writeString(file, DEFAULTS + rest);
    List<String> command =
        List.of(Program.find("haproxy"), "-db", "-f", file.toAbsolutePath().toString());
    return Program.start(site.folder().resolve(name + ".log"), command);
  }
}
