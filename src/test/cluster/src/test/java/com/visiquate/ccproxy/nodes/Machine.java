package com.visiquate.ccproxy.nodes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One machine: a simulated Ollama on its loopback, and a gateway that owns it. */
final class Machine implements AutoCloseable {
  static final int SLOTS = 2;
  static final int PORT = 8_081;
  static final String MODEL = "qwen2.5-coder:7b-instruct";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String OLLAMA = "http://127.0.0.1:11434";
  private static final Path WORK = Path.of(System.getProperty("work"), "nodes").toAbsolutePath();

  /** Of Java, for the gateway: an archive of classes on a slow machine, or a debugger. */
  private static final List<String> OPTIONS =
      Pattern.compile(" ")
          .splitAsStream(System.getProperty("gateway.options", ""))
          .filter(option -> !option.isEmpty())
          .toList();

  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(1))
          .build();

  private final int number;
  private final Path folder;
  private final Process ollama;
  private String configuration = "";
  private Process gateway;
  private Path log;
  private int lives;
  private Map<String, String> clock = Map.of();
  private String program = program();

  private Machine(int number, Path folder, Process ollama) {
    this.number = number;
    this.folder = folder;
    this.ollama = ollama;
  }

  /** With its Ollama, which answers five times faster than a real one; its gateway is not there. */
  static Machine of(int number) throws IOException {
    Path folder = Files.createDirectories(WORK.resolve("node-" + number));
    List<String> command = Command.java("128m");
    command.addAll(List.of("-cp", program(), "com.visiquate.ccproxy.simulator.SimulatorMain"));
    command.addAll(List.of("--ports", "11434", "--scale", "5", "--slots", "" + SLOTS));
    Path log = folder.resolve("ollama.log");
    return new Machine(number, folder, begin(number, command, log, Map.of()));
  }

  private static Process begin(
      int number, List<String> command, Path log, Map<String, String> environment)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(Network.on(number, command));
    builder.environment().putAll(environment);
    return builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  /** The jar, or a class path while one works on the gateway. */
  static String program() {
    String path = System.getProperty("gateway.cp", "");
    return path.isEmpty() ? Path.of(System.getProperty("gateway.jar")).toString() : path;
  }

  int number() {
    return number;
  }

  Path folder() {
    return folder;
  }

  URI url(String path) {
    return URI.create("http://" + Network.address(number) + ":" + PORT + path);
  }

  URI chat() {
    return url("/v1/chat/completions");
  }

  // ---- its gateway

  void start(String settings) throws IOException {
    configuration = settings;
    Files.writeString(folder.resolve("ccproxy.yaml"), settings);
    startAgain();
  }

  /** As it was configured before. */
  void startAgain() throws IOException {
    Diary.note("node-%d starts", number);
    log = folder.resolve("gateway-%d.log".formatted(++lives));
    List<String> command = gateway();
    command.addAll(List.of("--config", folder.resolve("ccproxy.yaml").toString()));
    gateway = begin(number, command, log, clock);
  }

  /**
   * From its next start on its wall clock is another, which can be set while it runs; the monotonic
   * one is everybody's.
   */
  void setClock(String offset) throws IOException {
    Diary.note("the clock of node-%d is at %s", number, offset);
    Path file = folder.resolve("clock");
    Path next = Files.writeString(folder.resolve("clock.next"), offset);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    clock =
        Map.of(
            "LD_PRELOAD",
            System.getProperty("faketime"),
            "FAKETIME_TIMESTAMP_FILE",
            file.toString(),
            "FAKETIME_CACHE_DURATION",
            "1",
            "FAKETIME_DONT_FAKE_MONOTONIC",
            "1",
            // Otherwise waits of Java end at once.
            "FAKETIME_FORCE_MONOTONIC_FIX",
            "0",
            "DONT_FAKE_MONOTONIC",
            "1");
  }

  /** From its next start on its clock is everybody's. */
  void forgetClock() {
    clock = Map.of();
  }

  /** It is of another version, from its next start on. */
  void use(Path jar) {
    program = jar.toString();
  }

  /** It runs afterwards, with this configuration, whatever has become of it. */
  void revive(String wanted) throws IOException, InterruptedException {
    if (runs() && wanted.equals(configuration)) {
      signal("CONT");
    } else {
      end();
      start(wanted);
    }
  }

  void end() throws InterruptedException {
    if (runs()) {
      kill();
    }
  }

  private List<String> gateway() {
    List<String> command = Command.java("256m");
    command.addAll(OPTIONS);
    command.addAll(List.of("-cp", program, "com.visiquate.ccproxy.Main"));
    return command;
  }

  /** What it says of a configuration that it does not start with. */
  String check(String settings) throws Exception {
    Path file = Files.writeString(folder.resolve("checked.yaml"), settings);
    List<String> command = gateway();
    command.addAll(List.of("--check", "--config", file.toString()));
    Process process =
        new ProcessBuilder(Network.on(number, command)).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    return "exit " + process.waitFor() + ": " + said;
  }

  boolean runs() {
    return gateway != null && gateway.isAlive();
  }

  /** At once, and nobody is told. */
  void kill() throws InterruptedException {
    Diary.note("node-%d is killed", number);
    gateway.destroyForcibly().waitFor();
  }

  /** In peace. */
  void terminate() throws InterruptedException {
    Diary.note("node-%d is told to end", number);
    gateway.destroy();
    if (!gateway.waitFor(120, TimeUnit.SECONDS)) {
      throw new AssertionError("node-" + number + " does not end");
    }
  }

  /** STOP or CONT. */
  void signal(String name) throws IOException, InterruptedException {
    Diary.note("node-%d gets %s", number, name);
    Command.run("kill", "-" + name, Long.toString(gateway.pid()));
  }

  String log() throws IOException {
    return Files.readString(log);
  }

  boolean leads() throws IOException {
    String said = log();
    return runs() && said.lastIndexOf("this node leads") > said.lastIndexOf("another node leads");
  }

  // ---- what it says

  int status(String path) {
    try {
      return get(path).statusCode();
    } catch (IOException away) {
      return 0;
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  JsonNode read(String path) throws IOException, InterruptedException {
    return JSON.readTree(get(path).body());
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(url(path)).timeout(Duration.ofSeconds(5)).build();
    return HTTP.send(request, BodyHandlers.ofString());
  }

  /** Requests that wait, as this node knows it. */
  int waiting() throws IOException, InterruptedException {
    return read("/ccproxy/queue").at("/models/0/queue").size();
  }

  /** Ids of the backends that are up, as this node knows it. */
  List<String> backends() throws IOException, InterruptedException {
    List<String> up = new ArrayList<>();
    for (JsonNode backend : read("/health").path("healthy_endpoints")) {
      up.add(backend.path("backend").asText());
    }
    return up;
  }

  /** What a client of this very machine hears, whom no link needs to reach. */
  String askInside(int tokens) throws IOException, InterruptedException {
    return Network.inside(
        number,
        "curl",
        "--silent",
        "--no-buffer",
        "--max-time",
        "50",
        "--header",
        "content-type: application/json",
        "--data",
        Call.question(1, tokens),
        chat().toString());
  }

  /** Backends that whoever makes the order holds for usable. */
  int usable() throws IOException, InterruptedException {
    int up = 0;
    for (JsonNode backend : read("/ccproxy/queue").path("backends")) {
      up += backend.path("state").asText().equals("up") ? 1 : 0;
    }
    return up;
  }

  /** The hour of its wall clock, as its last line tells it. */
  String hour() throws IOException {
    Matcher times = Pattern.compile("(?m)^[-0-9]{10}T([0-9]{2}):").matcher(log());
    return times.results().reduce((one, later) -> later).orElseThrow().group(1);
  }

  // ---- its Ollama

  /** What its Ollama has seen. */
  JsonNode seen() throws IOException, InterruptedException {
    return JSON.readTree(Network.inside(number, "curl", "--silent", "--fail", OLLAMA + "/__seen"));
  }

  int running() throws IOException, InterruptedException {
    return seen().path("running").path(MODEL).asInt();
  }

  /** Questions that its Ollama was asked. */
  long chats() throws IOException, InterruptedException {
    return seen().path("requests").path("/api/chat").asLong();
  }

  /** How often its Ollama was given more than it has slots, since its start. */
  long silentWaits() throws IOException, InterruptedException {
    return seen().at("/models/silentWaits").asLong();
  }

  @Override
  public void close() throws InterruptedException {
    end();
    ollama.destroyForcibly().waitFor();
  }
}
