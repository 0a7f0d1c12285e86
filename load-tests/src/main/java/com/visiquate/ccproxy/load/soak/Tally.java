package com.visiquate.ccproxy.load.soak;

import com.visiquate.ccproxy.load.Table;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** Who was answered, by dialect and outcome, and the words of whatever failed. */
final class Tally {
  private final Map<Dialect, Map<Outcome, LongAdder>> counts = new EnumMap<>(Dialect.class);
  private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
  private final Troubles troubles;
  private final long started = System.nanoTime();

  Tally(Troubles troubles) {
    this.troubles = troubles;
    for (Dialect dialect : Dialect.values()) {
      Map<Outcome, LongAdder> row = new EnumMap<>(Outcome.class);
      Stream.of(Outcome.values()).forEach(outcome -> row.put(outcome, new LongAdder()));
      counts.put(dialect, row);
    }
  }

  void count(Dialect dialect, Outcome outcome) {
    counts.get(dialect).get(outcome).increment();
  }

  /** Excused when a backend was in trouble. */
  void failed(Dialect dialect, String words) {
    long now = System.nanoTime();
    boolean excused = troubles.excuse(now);
    count(dialect, excused ? Outcome.EXCUSED : Outcome.FAILED);
    String told = "%s at %.1f s: %s".formatted(dialect, (now - started) / 1e9, words);
    System.err.println((excused ? "excused, " : "failed, ") + told);
    if (!excused) {
      failures.add(told);
    }
  }

  List<String> failures() {
    return List.copyOf(failures);
  }

  Table table() {
    Table table = new Table("dialect", "answered", "left", "refused", "excused", "failed");
    counts.forEach(
        (dialect, row) -> table.row(cells(dialect.name().toLowerCase(Locale.ROOT), row)));
    return table;
  }

  private static String[] cells(String name, Map<Outcome, LongAdder> row) {
    return Stream.concat(Stream.of(name), row.values().stream().map(LongAdder::toString))
        .toArray(String[]::new);
  }
}
