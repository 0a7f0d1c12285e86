package com.visiquate.ccproxy.nodes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Commands of the system that are over in a moment. */
final class Command {
  private static final int LONGEST_SECONDS = 60;

  private Command() {}

  /** What it says; fails when it does. */
  static String run(String... words) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException(String.join(" ", words) + ": " + said);
    }
    return said;
  }

  /** One that lasts, when it has said its first line. */
  static Process begin(List<String> words) throws IOException {
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String first = process.inputReader().readLine();
    if (!process.isAlive()) {
      throw new IOException(String.join(" ", words) + ": " + first);
    }
    return process;
  }

  static List<String> java(String memory) {
    String java = ProcessHandle.current().info().command().orElse("java");
    return new ArrayList<>(
        List.of(
            java,
            "-Xmx" + memory,
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED"));
  }
}
