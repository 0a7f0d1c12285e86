package com.visiquate.ccproxy.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is missing to a whole allowance that fills up evenly, as {@link Bucket} has it, where what
 * was spent may be told late and in any order: it is reckoned anew from what was spent when.
 */
final class Debt {
  private static final double NANOS_A_MINUTE = 60e9;

  /** Milliseconds that count as one moment, which is their end, so that there are not too many. */
  static final long GRAIN = 250;

  private static final long KEPT = Book.HORIZON.toMillis() / GRAIN;

  private final TreeMap<Long, Moment> moments = new TreeMap<>();

  /** What happened in one moment: at its end no less than {@code least} was missing. */
  private record Moment(double spent, double least) {
    Moment and(Moment other) {
      return new Moment(spent + other.spent, Math.max(least, other.least));
    }
  }

  void spend(Instant at, double amount) {
    note(at, new Moment(amount, 0));
  }

  /** Somebody knew that so much was missing then, who may have heard of more. */
  void atLeast(Instant at, double missing) {
    note(at, new Moment(0, missing));
  }

  private void note(Instant at, Moment moment) {
    moments.merge(Math.ceilDiv(at.toEpochMilli(), GRAIN), moment, Moment::and);
  }

  /** How much is missing to what a minute allows. */
  double missing(double most, Instant now) {
    forget(most, now);
    double missing = 0;
    long nanos = nanos(now);
    long last = 0;
    for (Map.Entry<Long, Moment> one : moments.entrySet()) {
      long at = Math.min(nanos, one.getKey() * GRAIN * 1_000_000);
      missing = after(missing, most, at - last, one.getValue());
      last = at;
    }
    return paid(missing, most, nanos - last);
  }

  /** How long until so much is there, when some more of it is spoken for. */
  Duration until(double amount, double most, Instant now) {
    double lacks = missing(most, now) + amount - most;
    return lacks <= 0
        ? Duration.ZERO
        : Duration.ofNanos((long) Math.ceil(lacks / most * NANOS_A_MINUTE));
  }

  /** What is old becomes one moment. */
  private void forget(double most, Instant now) {
    long oldest = now.toEpochMilli() / GRAIN - KEPT;
    while (moments.size() > 1 && moments.firstKey() < oldest) {
      Map.Entry<Long, Moment> first = moments.pollFirstEntry();
      Map.Entry<Long, Moment> next = moments.pollFirstEntry();
      long nanos = (next.getKey() - first.getKey()) * GRAIN * 1_000_000;
      double missing = after(0, most, 0, first.getValue());
      moments.put(next.getKey(), new Moment(0, after(missing, most, nanos, next.getValue())));
    }
  }

  private static double after(double missing, double most, long nanos, Moment moment) {
    return Math.max(paid(missing, most, nanos) + moment.spent(), moment.least());
  }

  private static double paid(double missing, double most, long nanos) {
    return Math.max(0, missing - nanos / NANOS_A_MINUTE * most);
  }

  private static long nanos(Instant now) {
    return now.getEpochSecond() * 1_000_000_000 + now.getNano();
  }
}
