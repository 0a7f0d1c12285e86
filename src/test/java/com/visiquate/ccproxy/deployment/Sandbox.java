package com.visiquate.ccproxy.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A home of its own for the scripts, with a launchd that only looks like one. Owns what that
 * starts.
 */
final class Sandbox implements AutoCloseable {
  static final Path SCRIPTS = Path.of("launchd").toAbsolutePath();
  static final String SERVICE = "com.visiquate.ccproxy";
  static final Path FAKES = Path.of("src/test/resources/deployment/bin").toAbsolutePath();
  private static final String PATH = FAKES + ":/usr/bin:/bin:/usr/sbin:/sbin";

  private final Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private int runs;

  Sandbox(Path folder) throws IOException {
    this.folder = folder.toRealPath();
    Files.createDirectories(home());
    environment.put("HOME", home().toString());
    environment.put("PATH", PATH);
    environment.put("FAKE_PATH", "/usr/bin:/bin");
    environment.put("FAKE_LAUNCHD", launchd().toString());
    environment.put("JAVA_HOME", System.getProperty("java.home"));
  }

  Path home() {
    return folder.resolve("home");
  }

  /** Where ccproxy is installed. */
  Path installed() {
    return home().resolve("ccproxy");
  }

  Path agents() {
    return home().resolve("Library").resolve("LaunchAgents");
  }

  Path launchd() {
    return folder.resolve("launchd");
  }

  /** Adds a folder of programs that the scripts find before all others. */
  Sandbox withPrograms(Path bin) {
    return with("PATH", bin + ":" + PATH);
  }

  /** Changes what the scripts are run with; null takes it away. */
  Sandbox with(String name, @Nullable String value) {
    if (value == null) {
      environment.remove(name);
    } else {
      environment.put(name, value);
    }
    return this;
  }

  Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  /** Runs a script of the checkout. */
  Said run(String script, String... arguments) throws IOException, InterruptedException {
    return run(SCRIPTS.resolve(script), arguments);
  }

  Said run(Path script, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("bash", script.toString()));
    command.addAll(List.of(arguments));
    runs++;
    return Said.of(folder, folder.resolve("output-" + runs), environment, command);
  }

  /** What launchd was told to do, without the questions. */
  List<String> orders() throws IOException {
    Path calls = launchd().resolve("calls");
    if (!Files.exists(calls)) {
      return List.of();
    }
    try (Stream<String> lines = Files.lines(calls)) {
      return lines
          .filter(line -> !line.startsWith("print"))
          .map(l -> l.replaceAll(" .*", ""))
          .toList();
    }
  }

  /** The process that launchd keeps for a service. */
  long pid(String service) throws IOException {
    Path file = launchd().resolve(service + ".pid");
    // launchd starts it beside whoever asked for it, so that the number may come a little later.
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while ((!Files.exists(file) || Files.size(file) == 0) && System.nanoTime() < end) {
      LockSupport.parkNanos(10_000_000);
    }
    return Long.parseLong(Files.readString(file).strip());
  }

  @Override
  public void close() throws IOException {
    if (!Files.isDirectory(launchd())) {
      return;
    }
    try (Stream<Path> files = Files.list(launchd())) {
      for (Path pid : files.filter(file -> file.toString().endsWith(".pid")).toList()) {
        ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
            .ifPresent(ProcessHandle::destroyForcibly);
      }
    }
  }
}
