package com.visiquate.ccproxy.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A gateway in a process of its own, as users start it. */
final class Gateway implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();
  static final Path JAR = Path.of(System.getProperty("gateway.jar"));
  private static final Path WORK = Path.of(System.getProperty("screens")).resolveSibling("browser");
  private static final Pattern LISTENS =
      Pattern.compile("listens on (http://127\\.0\\.0\\.1:(\\d+)) ");
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private final String name;
  private final Path folder;
  private final List<String> arguments;
  private final List<String> log = new ArrayList<>();
  private Process process;
  private String url = "";
  private int port;

  private Gateway(String name, Path folder, List<String> arguments) throws Exception {
    this.name = name;
    this.folder = folder;
    this.arguments = arguments;
    start();
  }

  /** Simulated Ollamas and all. */
  static Gateway demo() throws Exception {
    Files.createDirectories(WORK);
    return new Gateway("demo", WORK, List.of("--demo"));
  }

  /** With a configuration; records are kept in a fresh folder. */
  static Gateway with(String name, String configuration) throws Exception {
    Files.createDirectories(WORK);
    Path folder = Files.createTempDirectory(WORK, name + "-");
    Path file = Files.writeString(folder.resolve("ccproxy.yaml"), configuration);
    return new Gateway(name, folder, List.of("--config", file.toString()));
  }

  String url() {
    return url;
  }

  String console(String screen) {
    return url + "/ccproxy/#/" + screen;
  }

  private void start() throws Exception {
    List<String> command =
        new ArrayList<>(List.of(java(), "-Xmx384m", "-XX:+UseSerialGC", "-jar", JAR.toString()));
    command.addAll(arguments);
    command.addAll(List.of("--port", String.valueOf(port)));
    process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    Matcher listens = awaitLine(process, LISTENS, this::note);
    url = listens.group(1);
    port = Integer.parseInt(listens.group(2));
    await("/health/readiness", answer -> true);
  }

  private synchronized void note(String line) {
    log.add(line);
  }

  /** Whether a line of the log holds all of these. */
  synchronized boolean logged(String... words) {
    return log.stream().anyMatch(line -> List.of(words).stream().allMatch(line::contains));
  }

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /**
   * Reads a process' words until one of them matches, and goes on reading them so that it never
   * stands still.
   */
  static Matcher awaitLine(
      Process process, Pattern wanted, java.util.function.Consumer<String> each) throws Exception {
    CompletableFuture<Matcher> found = new CompletableFuture<>();
    AtomicReference<String> last = new AtomicReference<>("nothing");
    Thread.ofVirtual()
        .start(
            () -> {
              try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                  last.set(line);
                  each.accept(line);
                  Matcher matcher = wanted.matcher(line);
                  if (matcher.find()) {
                    found.complete(matcher);
                  }
                }
              } catch (IOException end) {
                last.set(end.toString());
              }
              found.completeExceptionally(new IllegalStateException("ended after: " + last.get()));
            });
    return found.get(60, TimeUnit.SECONDS);
  }

  JsonNode read(String path) throws Exception {
    return JSON.readTree(
        CLIENT
            .send(HttpRequest.newBuilder(URI.create(url + path)).build(), BodyHandlers.ofString())
            .body());
  }

  /** What an operator does without a page. */
  JsonNode act(String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path))
            .header("content-type", "application/json")
            .header("x-ccproxy-console", "1")
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build();
    return JSON.readTree(CLIENT.send(request, BodyHandlers.ofString()).body());
  }

  /** Asks until the answer is as wanted; a gateway that is just starting does not answer at all. */
  JsonNode await(String path, Predicate<JsonNode> wanted) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (true) {
      try {
        JsonNode answer = read(path);
        if (wanted.test(answer)) {
          return answer;
        }
        if (System.nanoTime() > deadline) {
          throw new AssertionError(path + " was never as wanted: " + answer);
        }
      } catch (IOException away) {
        if (System.nanoTime() > deadline) {
          throw away;
        }
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  /** Away, as in a restart: the port stays the same. */
  void stop() throws Exception {
    process.destroy();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }

  void startAgain() throws Exception {
    start();
  }

  @Override
  public void close() throws Exception {
    stop();
    Files.writeString(WORK.resolve(name + ".log"), String.join("\n", log));
  }
}
