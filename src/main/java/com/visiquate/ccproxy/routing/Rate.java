package com.visiquate.ccproxy.routing;

import com.visiquate.ccproxy.chat.Counts;

/**
 * How fast one backend runs one model, as decaying means. Times are nanoseconds.
 *
 * @param prompt for one prompt token that is not cached
 * @param output for one generated token
 * @param load for loading the model
 * @param answer tokens of an answer
 * @param seen completed requests that it was learnt from
 */
record Rate(double prompt, double output, double load, double answer, int seen) {
  /** 500 prompt tokens and 30 generated tokens a second, ten seconds to load, short answers. */
  static final Rate PRIOR = new Rate(2e6, 33e6, 10e9, 200, 0);

  private static final double NEWEST = 0.2;
  private static final int ENOUGH = 5;

  /** A load faster than this was none: Ollama reports some milliseconds for a resident model. */
  private static final double LOADED = 500e6;

  Rate faster(double weight) {
    return new Rate(prompt / weight, output / weight, load / weight, answer, seen);
  }

  /** Whether enough was seen to refuse a request because of it. */
  boolean isLearnt() {
    return seen >= ENOUGH;
  }

  Rate with(Counts counts) {
    int computed = counts.promptTokens() - counts.cachedTokens();
    return new Rate(
        computed > 0 ? mean(prompt, (double) counts.promptNanos() / computed) : prompt,
        mean(output, (double) counts.outputNanos() / Math.max(1, counts.outputTokens())),
        counts.loadNanos() > LOADED ? mean(load, (double) counts.loadNanos()) : load,
        mean(answer, counts.outputTokens()),
        seen + 1);
  }

  private double mean(double old, double observed) {
    return seen == 0 ? observed : old + NEWEST * (observed - old);
  }
}
