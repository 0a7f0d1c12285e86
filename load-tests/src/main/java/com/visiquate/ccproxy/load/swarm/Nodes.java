package com.visiquate.ccproxy.load.swarm;

import com.visiquate.ccproxy.load.Program;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Three nodes of ccproxy that act as one, each before one of the Ollamas, and HAProxy before them,
 * which gives each request to the next: two of three reach a node that does not run them.
 */
final class Nodes {
  private static final String HAPROXY =
      """
      frontend agents
        bind 127.0.0.1:%d
        default_backend nodes
      backend nodes
        balance roundrobin
      %s
      """;

  private Nodes() {}

  static Front start(Site site) throws IOException, InterruptedException {
    List<Integer> ports = new ArrayList<>();
    List<Integer> doors = new ArrayList<>();
    for (int node = 0; node < Ccproxy.BACKENDS.size(); node++) {
      ports.add(Program.freePort());
      doors.add(pair());
    }
    List<Program> programs = new ArrayList<>();
    for (int node = 0; node < ports.size(); node++) {
      Path file = site.folder().resolve("node-%d.yaml".formatted(node + 1));
      Files.writeString(file, configuration(site, node, ports, doors));
      Program program = Ccproxy.begin(site, file, "node-" + (node + 1));
      program.awaitReady(Site.local(ports.get(node)) + "/health/liveness");
      programs.add(program);
    }
    for (int port : ports) {
      programs.getLast().awaitReady(Site.local(port) + "/v1/models/" + Model.FAST.alias());
      programs.getLast().awaitReady(Site.local(port) + "/v1/models/" + Model.QUALITY.alias());
    }
    int balanced = Program.freePort();
    programs.add(balancer(site, balanced, ports));
    URI uri = Site.local(balanced);
    programs.getLast().awaitReady(uri + "/v1/models/" + Model.FAST.alias());
    return new Front(programs, new OpenAi(), Map.of(Model.FAST, uri, Model.QUALITY, uri));
  }

  /** A port whose next one is free as well: what nodes say to each other goes there. */
  private static int pair() throws IOException {
    while (true) {
      int first = Program.freePort();
      try (ServerSocket next = new ServerSocket(first + 1, 1, InetAddress.getLoopbackAddress())) {
        return next.getLocalPort() - 1;
      } catch (IOException taken) {
        // Another pair, then.
      }
    }
  }

  private static Program balancer(Site site, int port, List<Integer> ports) throws IOException {
    String servers =
        ports.stream()
            .map(one -> "  server node-%1$d 127.0.0.1:%1$d".formatted(one))
            .collect(Collectors.joining("\n"));
    return Haproxy.begin(site, "nodes-haproxy", HAPROXY.formatted(port, servers));
  }

  private static String configuration(
      Site site, int node, List<Integer> ports, List<Integer> doors) {
    String backend = Ccproxy.BACKENDS.get(node);
    String members =
        doors.stream().map("\"127.0.0.1:%d\""::formatted).collect(Collectors.joining(", "));
    return """
    server: {host: 127.0.0.1, port: %d}
    backends: [{id: %s, url: "%s", slots: 1, host: machine}]
    models:
    %s
    cluster: {name: swarm, node: node-%d, listen: "127.0.0.1:%d", members: [%s], secret: only-for-a-benchmark}
    """
            .formatted(
                ports.get(node),
                backend,
                site.ollamas().get(node),
                Ccproxy.model(backend.equals("quality") ? Model.QUALITY : Model.FAST, backend),
                node + 1,
                doors.get(node),
                members)
        + Ccproxy.settings(site, Strategy.NODES);
  }
}
