package com.visiquate.ccproxy.load.soak;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.visiquate.ccproxy.load.Program;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Three simulated Ollamas in a process of their own, which break when they are told to. */
final class Ollamas implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String READY = "ready ";

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Program program;
  private final List<URI> urls;

  private Ollamas(Program program, List<URI> urls) {
    this.program = program;
    this.urls = urls;
  }

  static Ollamas start(Path jar, Path folder) throws IOException, InterruptedException {
    Path log = folder.resolve("simulators.log");
    List<String> command =
        List.of(
            Program.java(),
            "-Xmx512m",
            "-cp",
            jar.toString(),
            "com.visiquate.ccproxy.simulator.SimulatorMain",
            "--ports",
            "0,0,0",
            "--scale",
            "20");
    return new Ollamas(Program.start(log, command), awaitUrls(log));
  }

  private static List<URI> awaitUrls(Path log) throws IOException, InterruptedException {
    for (int i = 0; i < 200; i++) {
      for (String line : Files.readAllLines(log)) {
        if (line.startsWith(READY)) {
          return Stream.of(line.substring(READY.length()).split(" ")).map(URI::create).toList();
        }
      }
      Thread.sleep(100);
    }
    throw new IOException("the simulators do not start:\n" + Files.readString(log));
  }

  List<URI> urls() {
    return urls;
  }

  int count() {
    return urls.size();
  }

  void arm(int backend, String order) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(urls.get(backend).resolve("/__fault"))
            .POST(BodyPublishers.ofString(order))
            .build();
    int status = http.send(request, BodyHandlers.discarding()).statusCode();
    if (status != 200) {
      throw new IOException("the simulator does not take " + order + ": " + status);
    }
  }

  void heal(int backend) throws IOException, InterruptedException {
    arm(backend, "");
  }

  /** Requests that had to wait inside an Ollama without a sign, so far. */
  long silentWaits() throws IOException, InterruptedException {
    long sum = 0;
    for (URI url : urls) {
      HttpRequest request = HttpRequest.newBuilder(url.resolve("/__seen")).build();
      String seen = http.send(request, BodyHandlers.ofString()).body();
      sum += JSON.readTree(seen).at("/models/silentWaits").asLong();
    }
    return sum;
  }

  @Override
  public void close() {
    program.close();
  }
}
