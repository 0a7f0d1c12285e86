package com.visiquate.ccproxy.deployment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How a command ended.
 *
 * @param text what it printed, errors among it
 */
record Said(int code, String text) {
  private static final int PATIENCE_SECONDS = 180;

  /** Runs a command in an environment of its own, with its output in a file. */
  static Said of(Path folder, Path output, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    // Not a pipe: what the command leaves running would hold it open.
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    Process process = builder.start();
    process.getOutputStream().close();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(command + " has not ended: " + read(output));
    }
    return new Said(process.exitValue(), read(output));
  }

  private static String read(Path output) throws IOException {
    return Files.readString(output, StandardCharsets.UTF_8);
  }
}
