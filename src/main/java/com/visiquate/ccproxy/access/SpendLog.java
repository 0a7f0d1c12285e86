package com.visiquate.ccproxy.access;

import com.visiquate.ccproxy.bus.AccessMessage.KeyUse;
import com.visiquate.ccproxy.bus.AccessMessage.Mark;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.Quota;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What was spent of one key on this node: sums since it began, and when they became so much, for as
 * long as that can matter.
 */
final class SpendLog {
  private final String key;
  private Quota quota;
  private final Deque<Entry> entries = new ArrayDeque<>();
  private Entry before = new Entry(Instant.MIN, 0, 0, 0);

  /** Sums, and the number of the first claims that tell them. */
  private record Entry(Instant at, long requests, long tokens, long number) {}

  SpendLog(String key, Quota quota) {
    this.key = key;
    this.quota = quota;
  }

  /** What was spent under another quota is forgotten. */
  void boundBy(Quota other) {
    if (!quota.equals(other)) {
      quota = other;
      before = entries.isEmpty() ? before : entries.getLast();
      entries.clear();
    }
  }

  void spend(long requests, long tokens, Instant now, long number) {
    Entry last = entries.isEmpty() ? before : entries.getLast();
    if (!entries.isEmpty() && moment(last.at()) == moment(now)) {
      entries.removeLast();
    }
    entries.add(new Entry(now, last.requests() + requests, last.tokens() + tokens, number));
  }

  private static long moment(Instant at) {
    return Math.ceilDiv(at.toEpochMilli(), Debt.GRAIN);
  }

  void forget(Instant now) {
    while (!entries.isEmpty() && entries.getFirst().at().isBefore(now.minus(Book.HORIZON))) {
      before = entries.removeFirst();
    }
  }

  boolean hasNews(long since) {
    return !entries.isEmpty() && entries.getLast().number() > since;
  }

  /** What has been spent since the claims of a number. */
  KeyUse told(List<ExchangeId> wanted, int entered, long since, Instant now) {
    Entry known = before;
    List<Mark> marks = new ArrayList<>();
    for (Entry entry : entries) {
      if (entry.number() <= since) {
        known = entry;
      } else {
        Duration age = Duration.between(entry.at(), now);
        marks.add(new Mark(age, entry.requests(), entry.tokens()));
      }
    }
    return new KeyUse(key, quota, wanted, entered, known.requests(), known.tokens(), marks);
  }
}
