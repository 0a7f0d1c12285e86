package com.visiquate.ccproxy.capture;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * The files of conversations, for their user alone; one at a time works with it. A file is named by
 * its conversation and by how far that has come, so that a later turn finds what it supersedes.
 */
final class CaptureFolder {
  private static final String SUFFIX = ".jsonl";
  private static final Set<PosixFilePermission> MINE = PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> MY_FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private final Path folder;

  CaptureFolder(Path folder) {
    this.folder = folder;
  }

  /** Makes it, and keeps others out, from now on at the latest. */
  void open() throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder, attributes(MY_FOLDER));
    }
    if (isPosix()) {
      Files.setPosixFilePermissions(folder, MY_FOLDER);
    }
  }

  /** Keeps a conversation instead of its earlier turns. */
  void keep(Line line) throws IOException {
    List<String> course = line.course();
    List<Path> earlier = earlier(line.conversation(), course);
    Path file = folder.resolve(name(line.conversation(), course));
    Path draft = Files.createTempFile(folder, "draft", ".tmp", attributes(MINE));
    try {
      Files.writeString(draft, line.json() + "\n");
      Files.setLastModifiedTime(draft, FileTime.from(line.at()));
      Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
    for (Path one : earlier) {
      if (!one.equals(file)) {
        Files.deleteIfExists(one);
      }
    }
  }

  /** Deletes what is too old, then the oldest until all the others have room. */
  void sweep(Duration keep, long size, Instant now) throws IOException {
    List<Kept> kept = new ArrayList<>();
    for (Path file : files("*" + SUFFIX)) {
      kept.add(new Kept(file, Files.getLastModifiedTime(file).toInstant(), Files.size(file)));
    }
    kept.sort(Comparator.comparing(Kept::at));
    long left = kept.stream().mapToLong(Kept::bytes).sum();
    for (Kept one : kept) {
      if (left > size || one.at.isBefore(now.minus(keep))) {
        Files.deleteIfExists(one.file);
        left -= one.bytes;
      }
    }
  }

  /** All conversations, the oldest first. */
  List<Line> lines() throws IOException {
    List<Line> lines = new ArrayList<>();
    for (Path file : files("*" + SUFFIX)) {
      Line.read(Files.readString(file)).ifPresent(lines::add);
    }
    lines.sort(Comparator.comparing(Line::at));
    return lines;
  }

  private record Kept(Path file, Instant at, long bytes) {}

  private List<Path> earlier(String conversation, List<String> course) throws IOException {
    List<Path> earlier = new ArrayList<>();
    for (Path file : files(conversation + "-*" + SUFFIX)) {
      String name = file.getFileName().toString();
      String mark = name.substring(conversation.length() + 1, name.length() - SUFFIX.length());
      if (course.contains(mark)) {
        earlier.add(file);
      }
    }
    return earlier;
  }

  private static String name(String conversation, List<String> course) {
    return conversation + "-" + (course.isEmpty() ? "none" : course.getLast()) + SUFFIX;
  }

  private List<Path> files(String glob) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, glob)) {
      found.forEach(files::add);
    }
    return files;
  }

  private FileAttribute<?>[] attributes(Set<PosixFilePermission> permissions) {
    return isPosix()
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
        : new FileAttribute<?>[0];
  }

  private boolean isPosix() {
    return folder.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
