package com.visiquate.ccproxy.records;

import com.visiquate.ccproxy.records.account.Entry;
import com.visiquate.ccproxy.records.journal.Lines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Records as lines of JSON, in a file that makes place for a new one when it is large: {@code
 * name.1} is the one before, and the oldest is deleted. A record that changes later comes again,
 * with a higher revision.
 */
final class LinesFile {
  static final long LARGEST = 64L << 20;
  static final int MOST_OLD = 9;
  private final Path file;
  private final long largest;

  LinesFile(Path file, long largest) {
    this.file = file.toAbsolutePath();
    this.largest = largest;
  }

  void append(List<Entry> entries) throws IOException {
    Files.createDirectories(file.resolveSibling("."));
    if (Files.exists(file) && Files.size(file) >= largest) {
      makePlace();
    }
    Files.write(file, Lines.records(entries), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private void makePlace() throws IOException {
    for (int i = MOST_OLD - 1; i >= 1; i--) {
      if (Files.exists(old(i))) {
        Files.move(old(i), old(i + 1), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Files.move(file, old(1), StandardCopyOption.REPLACE_EXISTING);
  }

  private Path old(int number) {
    return file.resolveSibling(file.getFileName() + "." + number);
  }
}
