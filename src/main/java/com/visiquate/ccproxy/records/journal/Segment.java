package com.visiquate.ccproxy.records.journal;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of the journal: entries, or the sums of several such files.
 *
 * @param first number of the first one that it stands for
 * @param last number of the last one
 */
record Segment(long first, long last, boolean totals) {
  private static final Pattern NAME = Pattern.compile("(\\d+)(?:-(\\d+))?\\.(jsonl|totals)");

  static Segment ofEntries(long number) {
    return new Segment(number, number, false);
  }

  static Optional<Segment> of(Path file) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    if (!name.matches()) {
      return Optional.empty();
    }
    long first = Long.parseLong(name.group(1));
    long last = name.group(2) == null ? first : Long.parseLong(name.group(2));
    return Optional.of(new Segment(first, last, name.group(3).equals("totals")));
  }

  Path in(Path folder) {
    String name =
        totals ? "%08d-%08d.totals".formatted(first, last) : "%08d.jsonl".formatted(first);
    return folder.resolve(name);
  }

  /** Whether these sums stand for it. */
  boolean covers(Segment other) {
    return totals && !equals(other) && first <= other.first && other.last <= last;
  }
}
