package com.visiquate.ccproxy.load.swarm;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Three simulated Ollamas of one slot in a process of their own, and what they have seen. */
final class Simulators implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String READY = "ready ";
  private static final int TRIES = 200;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Program program;
  private final List<URI> urls;

  private Simulators(Program program, List<URI> urls) {
    this.program = program;
    this.urls = urls;
  }

  static Simulators start(Path jar, Path folder, double scale)
      throws IOException, InterruptedException {
    Path log = folder.resolve("simulators.log");
    List<String> command =
        List.of(
            Program.java(),
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-cp",
            jar.toString(),
            "com.visiquate.ccproxy.simulator.SimulatorMain",
            "--ports",
            "0,0,0",
            "--context",
            Integer.toString(Model.CONTEXT),
            "--scale",
            Double.toString(scale));
    return new Simulators(Program.start(log, command), awaitUrls(log));
  }

  private static List<URI> awaitUrls(Path log) throws IOException, InterruptedException {
    for (int i = 0; i < TRIES; i++) {
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

  /** Returns when every server has its model in memory; whoever did not ask for it does now. */
  void load(boolean themselves) throws IOException, InterruptedException {
    for (Model model : Model.values()) {
      for (int server : model.servers()) {
        if (themselves) {
          post(urls.get(server).resolve("/api/chat"), Ollama.load(model).toString());
        } else {
          awaitLoaded(urls.get(server));
        }
      }
    }
  }

  private void awaitLoaded(URI server) throws IOException, InterruptedException {
    for (int i = 0; i < TRIES; i++) {
      if (!read(server.resolve("/api/ps")).path("models").isEmpty()) {
        return;
      }
      Thread.sleep(100);
    }
    throw new IOException("the gateway does not load its models");
  }

  /** Every turn in its slot, in the order of their ends, of each server; warm-ups have no agent. */
  List<List<Held>> held(VirtualClock clock) throws IOException, InterruptedException {
    List<List<Held>> servers = new ArrayList<>();
    for (int server = 0; server < urls.size(); server++) {
      List<Held> all = new ArrayList<>();
      for (JsonNode slot : read(urls.get(server).resolve("/__slots"))) {
        all.add(held(slot, server, clock));
      }
      servers.add(all);
    }
    return servers;
  }

  private static Held held(JsonNode slot, int server, VirtualClock clock) {
    JsonNode times = slot.path("times");
    Held.Span span =
        new Held.Span(
            clock.of(times.path("came").asLong()),
            clock.of(times.path("seated").asLong()),
            clock.of(times.path("spoke").asLong()),
            clock.of(times.path("ended").asLong()));
    return new Held(
        slot.path("who").asText(),
        server,
        span,
        slot.path("promptTokens").asInt(),
        slot.path("cachedTokens").asInt(),
        slot.path("answerTokens").asInt());
  }

  /** The sum of a counter of all servers. */
  long seen(String pointer) throws IOException, InterruptedException {
    long sum = 0;
    for (URI url : urls) {
      sum += read(url.resolve("/__seen")).at(pointer).asLong();
    }
    return sum;
  }

  private JsonNode read(URI uri) throws IOException, InterruptedException {
    return JSON.readTree(
        http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body());
  }

  private void post(URI uri, String body) throws IOException, InterruptedException {
    http.send(
        HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString(body)).build(),
        BodyHandlers.discarding());
  }

  @Override
  public void close() {
    program.close();
  }
}
