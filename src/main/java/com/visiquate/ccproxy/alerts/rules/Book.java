package com.visiquate.ccproxy.alerts.rules;

import com.visiquate.ccproxy.bus.AlertMessage.Alert;
import com.visiquate.ccproxy.bus.AlertMessage.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is wrong, and what was: decides when something becomes an event, and when that is over. */
final class Book {
  static final int MOST_RESOLVED = 100;
  private static final int RADIX = 36;
  private final Duration calm;
  private final Map<Key, Entry> entries = new HashMap<>();
  private final Deque<Alert> resolved = new ArrayDeque<>();
  private int events;

  /** What one event is about; what became worse is another one. */
  private record Key(String rule, String subject, Severity severity) {}

  /** Something that holds, or did a moment ago. */
  private static final class Entry {
    private final Instant begun;
    private final boolean news;
    private Instant seen;
    private @Nullable Alert alert;

    Entry(Finding finding, Instant now) {
      this.begun = finding.since() == null ? now : finding.since();
      this.news = finding.news();
      this.seen = now;
    }
  }

  /**
   * @param calm an event is over when its condition has not held for so long
   */
  Book(Duration calm) {
    this.calm = calm;
  }

  /** Takes what holds now, by rule, and gives what begins and ends with that. */
  List<Alert> look(Map<String, List<Finding>> findings, Instant now) {
    List<Alert> told = new ArrayList<>();
    Set<Key> holding = new HashSet<>();
    findings.forEach(
        (rule, found) -> {
          for (Finding finding : found) {
            Key key = new Key(rule, finding.subject(), finding.severity());
            holding.add(key);
            holds(key, finding, now, told);
          }
        });
    end(holding, now, told);
    return told;
  }

  List<Alert> firing() {
    return entries.values().stream()
        .flatMap(entry -> Stream.ofNullable(entry.alert))
        .sorted(Comparator.comparing(Alert::fired).thenComparing(Alert::id))
        .toList();
  }

  List<Alert> resolved() {
    return List.copyOf(resolved);
  }

  private void holds(Key key, Finding finding, Instant now, List<Alert> told) {
    Entry entry = entries.computeIfAbsent(key, first -> new Entry(finding, now));
    entry.seen = now;
    boolean isDue = !now.isBefore(entry.begun.plus(finding.lasting()));
    if (entry.alert == null && isDue) {
      entry.alert =
          new Alert(
              id(key.rule(), now),
              key.rule(),
              key.subject(),
              key.severity(),
              finding.text(),
              now,
              null);
      told.add(entry.alert);
    }
  }

  private void end(Set<Key> holding, Instant now, List<Alert> told) {
    List<Key> gone =
        entries.entrySet().stream()
            .filter(entry -> !holding.contains(entry.getKey()))
            .filter(entry -> isOver(entry.getValue(), now))
            .map(Map.Entry::getKey)
            .toList();
    for (Key key : gone) {
      Entry entry = entries.remove(key);
      if (entry != null && entry.alert != null) {
        Alert over = entry.alert.resolvedAt(now);
        remember(over);
        if (!entry.news && !isWorseNow(key)) {
          told.add(over);
        }
      }
    }
  }

  /** What has not become an event begins anew; what has waits, so that it is one event. */
  private boolean isOver(Entry entry, Instant now) {
    return entry.alert == null || !now.isBefore(entry.seen.plus(calm));
  }

  /** Nobody is told that a warning is over because it has become critical. */
  private boolean isWorseNow(Key key) {
    return entries.entrySet().stream()
        .filter(entry -> entry.getValue().alert != null)
        .map(Map.Entry::getKey)
        .anyMatch(
            other ->
                other.rule().equals(key.rule())
                    && other.subject().equals(key.subject())
                    && other.severity().compareTo(key.severity()) > 0);
  }

  private void remember(Alert over) {
    resolved.addFirst(over);
    while (resolved.size() > MOST_RESOLVED) {
      resolved.removeLast();
    }
  }

  private String id(String rule, Instant now) {
    return rule + "-" + Long.toString(now.toEpochMilli(), RADIX) + "-" + ++events;
  }
}
