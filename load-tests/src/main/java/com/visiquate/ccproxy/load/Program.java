package com.visiquate.ccproxy.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A process that the benchmark started, on given cores, and that it ends. */
public final class Program implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(1))
          .build();

  private final Process process;
  private final long started;
  private final Path log;
  private double readyMillis;

  private Program(Process process, long started, Path log) {
    this.process = process;
    this.started = started;
    this.log = log;
    // Also when the benchmark is interrupted.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
  }

  /**
   * Loads the classes that {@link #awaitReady} needs, so that the first start is not charged for
   * them.
   */
  static void prepareToWait(int port) throws IOException, InterruptedException {
    HTTP.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/")).build(),
        BodyHandlers.discarding());
  }

  static Program start(String cores, Path log, List<String> command) throws IOException {
    List<String> pinned = new ArrayList<>(List.of("taskset", "-c", cores));
    pinned.addAll(command);
    return start(log, pinned);
  }

  /** On whatever core is free. */
  public static Program start(Path log, List<String> command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(log.toFile()).redirectOutput(log.toFile());
    long started = System.nanoTime();
    return new Program(builder.start(), started, log);
  }

  /** Starts this benchmark's own Java with one of its classes; its first line says the port. */
  static Port startJava(String cores, Path log, Class<?> main, String... options)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("taskset", "-c", cores, java()));
    command.addAll(List.of("-Xms128m", "-Xmx128m", "-XX:+UseSerialGC"));
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", classpath(), main.getName()));
    Process process = new ProcessBuilder(command).redirectError(log.toFile()).start();
    Program program = new Program(process, System.nanoTime(), log);
    BufferedReader out = process.inputReader();
    return new Port(program, Integer.parseInt(out.readLine()));
  }

  /** A program and where it listens. */
  record Port(Program program, int port) {}

  /** Distributions keep servers in folders that are not on everybody's path. */
  public static String find(String name) {
    return Stream.concat(
            Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin", "/usr/local/sbin"))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst()
        .map(Path::toString)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    name + " is missing: install it (Debian: apt install " + name + ")"));
  }

  public static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static String classpath() {
    return System.getProperty("java.class.path");
  }

  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  public ProcessHandle handle() {
    return process.toHandle();
  }

  /** From the start of the process to its first good answer. */
  double readyMillis() {
    return readyMillis;
  }

  /** Asks until the answer is 200. */
  public void awaitReady(String url) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(1)).build();
    while (System.nanoTime() - started < PATIENCE.toNanos() && process.isAlive()) {
      try {
        if (HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200) {
          readyMillis = (System.nanoTime() - started) / 1e6;
          return;
        }
      } catch (IOException notYet) {
        // Not listening yet.
      }
      LockSupport.parkNanos(2_000_000);
    }
    close();
    throw new IOException(url + " did not answer 200:\n" + Files.readString(log));
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
