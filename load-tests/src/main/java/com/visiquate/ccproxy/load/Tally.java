package com.visiquate.ccproxy.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** What one run of a load has counted: answers, failures by reason, and times in microseconds. */
final class Tally {
  private static final long LONGEST = 60_000_000;

  private final Histogram latency = new Histogram(LONGEST, 3);
  private final Histogram firstToken = new Histogram(LONGEST, 3);
  private final Histogram delays = new Histogram(LONGEST, 3);
  private final Map<String, Integer> failures = new TreeMap<>();
  private final List<Long> firsts = new ArrayList<>();
  private int answers;
  private long tokens;
  private long longestGap;

  Histogram latency() {
    return latency;
  }

  Histogram firstToken() {
    return firstToken;
  }

  /** How long tokens were on their way from the fake to the load generator. */
  Histogram delays() {
    return delays;
  }

  Map<String, Integer> failures() {
    return failures;
  }

  /** When the first token of each answer came, in nanoseconds. */
  List<Long> firsts() {
    return firsts;
  }

  int failed() {
    return failures.values().stream().mapToInt(Integer::intValue).sum();
  }

  int answers() {
    return answers;
  }

  long tokens() {
    return tokens;
  }

  /** The longest time between two tokens of one stream. */
  long longestGapMicros() {
    return longestGap / 1_000;
  }

  void failed(String why) {
    failures.merge(why, 1, Integer::sum);
  }

  /** Takes a complete message: right if it has every token and the ending of its wire format. */
  void answered(Client client, Ask ask, String ending, long now) {
    Answer answer = client.answer();
    if (client.status() != 200) {
      failed("status " + client.status());
    } else if (answer.tokens() != ask.tokens()) {
      failed("%d of %d tokens".formatted(answer.tokens(), ask.tokens()));
    } else if (!answer.endsWith(ending)) {
      failed("wrong ending");
    } else {
      answers++;
      firsts.add(answer.firstToken());
      tokens += answer.tokens();
      longestGap = Math.max(longestGap, answer.longestGap());
      record(latency, now - client.due());
      record(firstToken, answer.firstToken() - client.due());
    }
  }

  private static void record(Histogram histogram, long nanos) {
    histogram.recordValue(Math.clamp(nanos / 1_000, 0, LONGEST));
  }
}
