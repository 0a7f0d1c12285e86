package com.visiquate.ccproxy.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.visiquate.ccproxy.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** ccproxy as a process of its own; owns the process and what it prints. */
final class Child implements AutoCloseable {
  private static final String LISTENS = "listens on http://127.0.0.1:";
  private final Process process;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final Thread reader;

  Child(String... arguments) throws IOException {
    this(List.of(), arguments);
  }

  /**
   * With more options for its JVM.
   *
   * @param options such as {@code -Xlog:…}
   */
  Child(List<String> options, String... arguments) throws IOException {
    process = new ProcessBuilder(command(options, arguments)).redirectErrorStream(true).start();
    reader = Thread.ofVirtual().start(this::read);
  }

  private static List<String> command(List<String> options, String... arguments) {
    String tests = System.getProperty("surefire.test.class.path");
    String classes = tests == null ? System.getProperty("java.class.path") : tests;
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    if (Runtime.version().feature() >= 25) {
      // As the start script does: Netty then reaches its buffers in another way.
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    command.addAll(options);
    command.addAll(List.of("-cp", classes, Main.class.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  private void read() {
    try (BufferedReader out = process.inputReader(UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        lines.add(line);
      }
    } catch (IOException closed) {
      throw new UncheckedIOException(closed);
    }
  }

  /** The port that it says it listens on. */
  int port() {
    String line = Waits.next(lines, text -> text.contains(LISTENS));
    return Integer.parseInt(line.split(LISTENS, 2)[1].replaceAll("\\D.*", ""));
  }

  /** Sends SIGTERM; unlike the process itself, its handle leaves the pipes open. */
  void terminate() {
    process.toHandle().destroy();
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(Waits.SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("it has not ended: " + lines);
    }
    return process.exitValue();
  }

  /** All that it has printed and that nobody has read, once it has ended. */
  String printed() throws InterruptedException {
    reader.join(TimeUnit.SECONDS.toMillis(Waits.SECONDS));
    return String.join("\n", lines);
  }

  @Override
  public void close() {
    process.toHandle().destroyForcibly();
  }
}
