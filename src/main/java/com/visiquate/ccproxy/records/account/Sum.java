package com.visiquate.ccproxy.records.account;

import com.visiquate.ccproxy.bus.RequestRecord;
import com.visiquate.ccproxy.bus.Usage;
import com.visiquate.ccproxy.fleet.Outcome;
import java.util.List;

/** What many requests used; grows. Its parts are in the order of the table's columns. */
public final class Sum {
  /** The whole numbers, in order; after them come cost and saved. */
  public static final List<String> COUNTS =
      List.of(
          "requests",
          "completed",
          "failed",
          "prompt_tokens",
          "cached_tokens",
          "output_tokens",
          "thinking_tokens",
          "lost_tokens",
          "queue_us",
          "load_us",
          "prompt_us",
          "output_us",
          "total_us",
          "machine_us");

  private static final int MACHINE = COUNTS.size() - 1;
  private static final String COMPLETED = Outcome.COMPLETED.label();
  private static final String GONE = Outcome.CLIENT_GONE.label();

  private final long[] counts = new long[COUNTS.size()];
  private double cost;
  private double saved;

  /** Adds a request, or takes it away again, all but its machine time. */
  void add(RequestRecord record, int sign) {
    String outcome = record.served().outcome();
    var tokens = record.tokens();
    var times = record.times();
    long[] own = {
      1,
      outcome.equals(COMPLETED) ? 1 : 0,
      outcome.equals(COMPLETED) || outcome.equals(GONE) ? 0 : 1,
      tokens.prompt(),
      tokens.cached(),
      tokens.output(),
      tokens.thinking(),
      tokens.lost(),
      times.queue(),
      times.load(),
      times.prompt(),
      times.output(),
      times.total()
    };
    for (int i = 0; i < own.length; i++) {
      counts[i] += sign * own[i];
    }
    cost += sign * record.price().cost();
    saved += sign * record.price().saved();
  }

  /** Adds time of slots. */
  public void addMachine(long micros) {
    counts[MACHINE] += micros;
  }

  /** Adds what a row of a table says. */
  public void add(long[] otherCounts, double otherCost, double otherSaved) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += otherCounts[i];
    }
    cost += otherCost;
    saved += otherSaved;
  }

  public void add(Sum other) {
    add(other.counts, other.cost, other.saved);
  }

  public long count(int index) {
    return counts[index];
  }

  public double cost() {
    return cost;
  }

  public double saved() {
    return saved;
  }

  /** Whether there is nothing to add. */
  boolean isNothing() {
    for (long count : counts) {
      if (count != 0) {
        return false;
      }
    }
    return cost == 0 && saved == 0;
  }

  public Usage usage() {
    return new Usage(
        counts[0],
        counts[1],
        counts[2],
        counts[3],
        counts[4],
        counts[5],
        counts[6],
        counts[7],
        counts[8],
        counts[9],
        counts[10],
        counts[11],
        counts[12],
        counts[MACHINE],
        cost,
        saved);
  }
}
