package com.visiquate.ccproxy.routing.estimate;

import com.visiquate.ccproxy.chat.Counts;

/**
 * How fast one backend runs one model, as decaying means. Times are nanoseconds.
 *
 * @param prompt for one prompt token that is not cached
 * @param output for one generated token
 * @param load for loading the model
 * @param answer tokens of an answer
 * @param density tokens of one character of a prompt
 * @param seen completed requests that it was learnt from
 * @param odd prompts in a row that were much faster or slower than what was learnt
 * @param cold prompts of which enough was computed to tell how fast that is
 */
public record Rate(
    double prompt,
    double output,
    double load,
    double answer,
    double density,
    int seen,
    int odd,
    int cold) {
  /** 500 prompt tokens and 30 generated tokens a second, ten seconds to load, short answers. */
  public static final Rate PRIOR = new Rate(2e6, 33e6, 10e9, 200, 1 / 3.5, 0, 0, 0);

  private static final double NEWEST = 0.2;
  private static final int ENOUGH = 5;
  private static final int CERTAIN = 3;

  /** Of a prompt; when less was computed its time says little about the rate. */
  private static final double COMPUTED = 0.25;

  private static final double ODD = 4;

  /** A load faster than this was none: Ollama reports some milliseconds for a resident model. */
  private static final double LOADED = 500e6;

  public Rate faster(double weight) {
    return new Rate(
        prompt / weight, output / weight, load / weight, answer, density, seen, odd, cold);
  }

  /** Whether enough was seen to refuse a request because of it. */
  public boolean isLearnt() {
    return seen >= ENOUGH;
  }

  /** Whether it is known what computing a prompt takes, so that its time tells what was cached. */
  public boolean isCertain() {
    return isLearnt() && cold >= CERTAIN;
  }

  /** How many tokens can be computed in the time that a prompt took. */
  public double computed(Counts counts) {
    return counts.promptNanos() / prompt;
  }

  public int tokens(int characters) {
    return (int) Math.round(density * characters);
  }

  /**
   * With one more request.
   *
   * @param characters of its prompt; 0 when not known
   */
  Rate with(Counts counts, int characters) {
    int computed = counts.promptTokens() - counts.cachedTokens();
    double observed = (double) counts.promptNanos() / Math.max(1, computed);
    boolean telling = computed > COMPUTED * counts.promptTokens() || seen == 0;
    boolean strange = telling && isOdd(observed) && !isBelieved(observed, counts);
    double dense = characters == 0 ? density : (double) counts.promptTokens() / characters;
    return new Rate(
        computed > 0 && telling && !strange ? rate(observed) : prompt,
        mean(output, (double) counts.outputNanos() / Math.max(1, counts.outputTokens())),
        counts.loadNanos() > LOADED ? mean(load, (double) counts.loadNanos()) : load,
        mean(answer, counts.outputTokens()),
        mean(density, dense),
        seen + 1,
        strange ? odd + 1 : 0,
        cold + (computed > 0 && telling && !strange ? 1 : 0));
  }

  /** How many tokens of a prompt were cached, as far as the time that it took tells. */
  public int cached(Counts counts) {
    return (int) Math.clamp(counts.promptTokens() - computed(counts), 0, counts.promptTokens());
  }

  private boolean isOdd(double observed) {
    return seen > 0 && (observed < prompt / ODD || observed > prompt * ODD);
  }

  /**
   * Much faster than learnt means that it was cached after all, and much slower that a part which
   * was thought to be cached was not, unless it happens again and again. What was computed as a
   * whole took as long as that takes.
   */
  private boolean isBelieved(double observed, Counts counts) {
    return odd >= ENOUGH || (observed > prompt && counts.cachedTokens() == 0);
  }

  private double rate(double observed) {
    return isOdd(observed) ? observed : mean(prompt, observed);
  }

  private double mean(double old, double observed) {
    return seen == 0 ? observed : old + NEWEST * (observed - old);
  }
}
