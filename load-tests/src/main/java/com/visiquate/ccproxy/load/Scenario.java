package com.visiquate.ccproxy.load;

import static com.visiquate.ccproxy.load.Metric.*;

import java.time.Duration;
import java.util.List;

/** A load, what it is for, and the figures that it is read by. */
enum Scenario {
  WHOLE_RATE(
      "Whole answers of 16 tokens, 1,000 requests/s (open loop)",
      List.of(P50, P99, ADDED_P50, ADDED_P99, CPU_OF_ANSWER)) {
    @Override
    Load load(Duration time) {
      return new Load(name(), Ask.whole(16), Arrivals.Open.during(1_000, time));
    }
  },
  WHOLE_THROUGHPUT(
      "Whole answers of 16 tokens, 16 connections that never rest (closed loop)",
      List.of(ANSWERS, P50, P99, CPU_OF_ANSWER)) {
    @Override
    Load load(Duration time) {
      return new Load(name(), Ask.whole(16), new Arrivals.Closed(16, time));
    }
  },
  WHOLE_PIECES(
      "Whole answers of 50 tokens that come in a chunk each, 16 connections that never rest (closed"
          + " loop)",
      List.of(ANSWERS, P50, P99, CPU_OF_ANSWER, CPU_OF_TOKEN)) {
    @Override
    Load load(Duration time) {
      return new Load(name(), Ask.pieces(50), new Arrivals.Closed(16, time));
    }
  },
  STREAM_RATE(
      "Streams of 32 tokens, one write each, no pause, 200 requests/s (open loop)",
      List.of(FIRST_P50, FIRST_P99, P50, P99, CPU_OF_ANSWER, CPU_OF_TOKEN)) {
    @Override
    Load load(Duration time) {
      return new Load(name(), Ask.stream(32, Duration.ZERO), Arrivals.Open.during(200, time));
    }
  },
  BURST(
      "Bursts: 16 connections that never rest, 200 tokens at once (closed loop)",
      List.of(ANSWERS, TOKENS, P50, P99, CPU_OF_ANSWER, CPU_OF_TOKEN)) {
    @Override
    Load load(Duration time) {
      return new Load(name(), Ask.burst(200), new Arrivals.Closed(16, time));
    }
  },
  PACED(
      "800 streams side by side, 20 tokens/s each",
      List.of(TOKENS, FIRST_P50, FIRST_P99, DELAY_P50, DELAY_P99, LONGEST_GAP, CPU_OF_TOKEN)) {
    @Override
    Load load(Duration time) {
      // All 800 begin within one second; the others' time is the one in which all of them speak.
      int tokens = (int) (20 * (time.toSeconds() + 1));
      return new Load(
          name(), Ask.stream(tokens, Duration.ofMillis(50)), new Arrivals.Open(800, 800), true);
    }
  };

  private final String title;
  private final List<Metric> metrics;

  Scenario(String title, List<Metric> metrics) {
    this.title = title;
    this.metrics = metrics;
  }

  abstract Load load(Duration time);

  String title() {
    return title;
  }

  List<Metric> metrics() {
    return metrics;
  }
}
