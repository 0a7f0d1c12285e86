package com.visiquate.ccproxy.load.soak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.visiquate.ccproxy.load.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The gateway before the simulated Ollamas: its queue, its memory, its sockets. */
final class Gateway implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Program program;
  private final URI url;

  private Gateway(Program program, URI url) {
    this.program = program;
    this.url = url;
  }

  static Gateway start(Path jar, Path folder, List<URI> ollamas)
      throws IOException, InterruptedException {
    int port = Program.freePort();
    Path file = folder.resolve("ccproxy.yaml");
    Files.writeString(file, configuration(port, ollamas));
    List<String> command =
        List.of(
            Program.java(),
            "-Xmx512m",
            "-XX:+UseParallelGC",
            "-jar",
            jar.toString(),
            "--config",
            file.toString());
    Program program = Program.start(folder.resolve("ccproxy.log"), command);
    URI url = URI.create("http://127.0.0.1:" + port);
    program.awaitReady(url.resolve("/health").toString());
    return new Gateway(program, url);
  }

  private static String configuration(int port, List<URI> ollamas) {
    String backends =
        IntStream.range(0, ollamas.size())
            .mapToObj(i -> backend(i + 1, ollamas.get(i)))
            .collect(Collectors.joining());
    String ids =
        IntStream.rangeClosed(1, ollamas.size())
            .mapToObj(i -> "ollama-" + i)
            .collect(Collectors.joining(", ", "[", "]"));
    return """
    server: {host: 127.0.0.1, port: %d}
    backends:
    %smodels:
      - {name: coder, ollama: "qwen2.5-coder:32b-instruct", context: 32768, backends: %s}
      - {name: embedder, ollama: nomic-embed-text, context: 2048, backends: %s}
    queue: {length: 1000, wait: 150s}
    limits: {first-token: 20s, between-tokens: 20s}
    """
        .formatted(port, backends, ids, ids);
  }

  private static String backend(int number, URI ollama) {
    return "  - {id: ollama-%d, url: \"%s\", slots: 1, resident-models: 2}\n"
        .formatted(number, ollama);
  }

  URI url() {
    return url;
  }

  JsonNode queue() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(url.resolve("/ccproxy/queue?format=json"))
            .timeout(Duration.ofSeconds(10))
            .build();
    return JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
  }

  double residentMegabytes() throws IOException {
    try (Stream<String> lines = Files.lines(process().resolve("status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) * 1_024 / 1e6)
          .sum();
    }
  }

  long sockets() throws IOException {
    try (Stream<Path> open = Files.list(process().resolve("fd"))) {
      return open.filter(Gateway::isSocket).count();
    } catch (UncheckedIOException closedMeanwhile) {
      throw closedMeanwhile.getCause();
    }
  }

  private static boolean isSocket(Path open) {
    try {
      return Files.readSymbolicLink(open).toString().startsWith("socket:");
    } catch (IOException closedMeanwhile) {
      return false;
    }
  }

  private Path process() {
    return Path.of("/proc", Long.toString(program.handle().pid()));
  }

  @Override
  public void close() {
    program.close();
  }
}
