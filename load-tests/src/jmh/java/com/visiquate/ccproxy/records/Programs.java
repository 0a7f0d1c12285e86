package com.visiquate.ccproxy.records;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A simulated Ollama that takes no time, and the gateway before it. */
final class Programs implements AutoCloseable {
  private static final int TRIES = 300;
  private static final String READY = "ready ";

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Process simulator;
  private final Process gateway;
  private final URI uri;

  Programs(Path jar, Path folder, String database) throws IOException, InterruptedException {
    Path log = folder.resolve("simulator.log");
    String main = "com.visiquate.ccproxy.simulator.SimulatorMain";
    simulator =
        start(log, "-cp", jar.toString(), main, "--ports", "0", "--slots", "64", "--scale", "0");
    String ollama = awaitReady(log);
    int port = Outage.freePort();
    uri = Outage.local(port);
    Path file = folder.resolve("ccproxy.yaml");
    Files.writeString(
        file,
        """
        server: {host: 127.0.0.1, port: %d}
        backends: [{id: one, url: "%s", slots: 64}]
        models: [{name: coder, ollama: "qwen2.5-coder:32b-instruct", context: 32768, backends: [one], warm: true}]
        records: {file: "", url: "%s", spool: "%s"}
        logging: {access: false}
        """
            .formatted(port, ollama, database, folder.resolve("spool")));
    gateway = start(folder.resolve("ccproxy.log"), "-jar", jar.toString(), "--config", "" + file);
    awaitHealth(folder.resolve("ccproxy.log"));
  }

  URI gateway() {
    return uri;
  }

  private static Process start(Path log, String... arguments) throws IOException {
    List<String> command = new java.util.ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    return process;
  }

  private static String awaitReady(Path log) throws IOException {
    for (int i = 0; i < TRIES; i++) {
      for (String line : Files.readAllLines(log)) {
        if (line.startsWith(READY)) {
          return line.substring(READY.length()).strip();
        }
      }
      LockSupport.parkNanos(100_000_000);
    }
    throw new IOException("the simulator does not start: " + Files.readString(log));
  }

  private void awaitHealth(Path log) throws IOException, InterruptedException {
    for (int i = 0; i < TRIES; i++) {
      try {
        if (get("/health").startsWith("200")) {
          return;
        }
      } catch (IOException notYet) {
        // Not listening yet.
      }
      LockSupport.parkNanos(100_000_000);
    }
    throw new IOException("the gateway does not start: " + Files.readString(log));
  }

  private String get(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(uri.resolve(path)).build();
    var answer = http.send(request, BodyHandlers.ofString());
    return answer.statusCode() + " " + answer.body();
  }

  /** What {@code /health} says of the records. */
  String recordsHealth() throws IOException, InterruptedException {
    String text = get("/health").replaceAll("\\s+", " ");
    int at = text.indexOf("\"records\"");
    return at < 0 ? text : text.substring(at, Math.min(text.length(), at + 400));
  }

  @Override
  public void close() throws InterruptedException {
    gateway.destroy();
    gateway.waitFor();
    simulator.destroy();
    simulator.waitFor();
  }
}
