package com.visiquate.ccproxy.nodes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/** What scenarios have done and when, to be read beside the logs of the nodes. */
final class Diary {
  private static final Path FILE = Path.of(System.getProperty("work", "target"), "diary.log");

  private Diary() {}

  static synchronized void note(String words, Object... values) {
    try {
      Files.createDirectories(FILE.toAbsolutePath().getParent());
      Files.writeString(
          FILE,
          Instant.now() + " " + words.formatted(values) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException full) {
      throw new IllegalStateException(full);
    }
  }
}
