package com.visiquate.ccproxy.records.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** The journal's folder: one process at a time, and a name that no other folder has. */
final class Spool implements AutoCloseable {
  private final Path folder;
  private final FileChannel lock;
  private final List<Segment> found;
  private final String id;

  private Spool(Path folder, FileChannel lock) throws IOException {
    this.folder = folder;
    this.lock = lock;
    this.found = segments(folder);
    this.id = identify();
  }

  static Spool open(Path folder) throws IOException {
    Files.createDirectories(folder);
    FileChannel lock =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (lock.tryLock() == null) {
        throw taken(folder);
      }
      return new Spool(folder, lock);
    } catch (OverlappingFileLockException inThisProcess) {
      lock.close();
      throw taken(folder);
    } catch (IOException failed) {
      lock.close();
      throw failed;
    }
  }

  Path folder() {
    return folder;
  }

  /** What was left in it, in order. */
  List<Segment> found() {
    return found;
  }

  String id() {
    return id;
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }

  /** An empty spool begins to count anew, and so it needs a new name. */
  private String identify() throws IOException {
    Path file = folder.resolve("id");
    if (!found.isEmpty() && Files.exists(file)) {
      return Files.readString(file).strip();
    }
    String fresh = UUID.randomUUID().toString();
    Files.writeString(file, fresh + "\n");
    return fresh;
  }

  private static List<Segment> segments(Path folder) throws IOException {
    List<Segment> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      files.map(Segment::of).flatMap(Optional::stream).forEach(all::add);
    }
    List<Segment> valid = new ArrayList<>();
    for (Segment one : all) {
      // Its sums were made, but there was no time to delete it.
      if (all.stream().anyMatch(other -> other.covers(one))) {
        Files.deleteIfExists(one.in(folder));
      } else {
        valid.add(one);
      }
    }
    valid.sort(Comparator.comparingLong(Segment::first));
    return List.copyOf(valid);
  }

  private static IOException taken(Path folder) {
    return new IOException(
        "the spool %s is used by another ccproxy: give each its own records.spool"
            .formatted(folder));
  }
}
