package com.visiquate.ccproxy.config.logs;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rotated files of a log that are past their age. Logback looks back only a month or so, and would
 * keep, and not count, what is older after a long pause.
 */
final class OldLogs {
  private OldLogs() {}

  /** Deletes those that were rotated more than {@code maxDays} before today. */
  static void delete(Path log, int maxDays, LocalDate today) throws IOException {
    Pattern rotated = rotated(log);
    LocalDate oldest = today.minusDays(maxDays);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(log.resolveSibling("."))) {
      for (Path file : files) {
        Matcher name = rotated.matcher(file.getFileName().toString());
        if (name.matches() && isBefore(name.group(1), oldest)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private static Pattern rotated(Path log) {
    String name = Pattern.quote(log.getFileName().toString());
    return Pattern.compile(name + "\\.(\\d{4}-\\d{2}-\\d{2})\\.\\d+\\.gz");
  }

  private static boolean isBefore(String day, LocalDate oldest) {
    try {
      return LocalDate.parse(day).isBefore(oldest);
    } catch (DateTimeException noDay) {
      return false;
    }
  }
}
