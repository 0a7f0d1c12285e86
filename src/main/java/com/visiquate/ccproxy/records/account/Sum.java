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

  /** What nobody wanted any more has not failed. */
  private static final List<String> GIVEN_UP =
      List.of(Outcome.CLIENT_GONE.label(), Outcome.CANCELLED.label());

  private final long[] counts = new long[COUNTS.size()];
  private double cost;
  private double saved;

  /** Adds a request, or takes it away again, all but its machine time. */
  void add(RequestRecord record, int sign) {
    String outcome = record.served().outcome();
    var tokens = record.tokens();
    var times = record.times();
    counts[0] += sign;
    counts[1] += outcome.equals(COMPLETED) ? sign : 0;
    counts[2] += outcome.equals(COMPLETED) || GIVEN_UP.contains(outcome) ? 0 : sign;
    counts[3] += sign * tokens.prompt();
    counts[4] += sign * tokens.cached();
    counts[5] += sign * tokens.output();
    counts[6] += sign * tokens.thinking();
    counts[7] += sign * tokens.lost();
    counts[8] += sign * times.queue();
    counts[9] += sign * times.load();
    counts[10] += sign * times.prompt();
    counts[11] += sign * times.output();
    counts[12] += sign * times.total();
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
