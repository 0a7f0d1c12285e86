package com.visiquate.ccproxy.records.journal;

import com.visiquate.ccproxy.records.account.Entry;
import com.visiquate.ccproxy.records.account.Rollup;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the lines of one segment; what was torn by a kill is left out. */
final class SegmentReader {
  /** Enough for a batch of the longest lines that there usually are. */
  private static final int WINDOW = 1 << 20;

  private final Path file;
  private final long number;
  private int broken;

  SegmentReader(Path file, long number) {
    this.file = file;
    this.number = number;
  }

  /** Null when there is no whole line from there on. */
  Chunk.@Nullable Entries read(Position from, int most) throws IOException {
    byte[] bytes = bytes(from.place());
    List<Entry> entries = new ArrayList<>();
    List<Position> ends = new ArrayList<>();
    int begin = 0;
    for (int i = 0; i < bytes.length && entries.size() < most; i++) {
      if (bytes[i] == '\n') {
        Entry entry = entry(bytes, begin, i - begin);
        begin = i + 1;
        if (entry != null) {
          entries.add(entry);
          ends.add(new Position(number, from.place() + begin));
        }
      }
    }
    return entries.isEmpty() ? null : new Chunk.Entries(from, entries, ends);
  }

  /** Adds all of it; says how many records they are. */
  long sum(Rollup sums) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    long records = 0;
    int begin = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        Entry entry = entry(bytes, begin, i - begin);
        begin = i + 1;
        if (entry != null) {
          sums.add(entry);
          records += entry.before() == null ? 1 : 0;
        }
      }
    }
    return records;
  }

  /** How many lines were no entries. */
  int broken() {
    return broken;
  }

  private @Nullable Entry entry(byte[] bytes, int from, int length) {
    try {
      return Lines.entry(bytes, from, length);
    } catch (IOException | RuntimeException unreadable) {
      broken++;
      return null;
    }
  }

  private byte[] bytes(long from) throws IOException {
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
      byte[] bytes = new byte[Math.clamp(open.length() - from, 0, WINDOW)];
      open.seek(from);
      open.readFully(bytes);
      return bytes;
    }
  }
}
