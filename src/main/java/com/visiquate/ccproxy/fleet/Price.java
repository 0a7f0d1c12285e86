package com.visiquate.ccproxy.fleet;

import org.jspecify.annotations.Nullable;

/**
 * What a model costs. All money is of the one currency that the price book names.
 *
 * @param tokens what its tokens cost
 * @param hour money for an hour in which it holds a slot: wear and, by its watts, electricity
 * @param compare the cloud model whose price the same tokens are compared with; null for none
 */
public record Price(Tokens tokens, double hour, @Nullable String compare) {
  private static final double MILLION = 1e6;
  private static final double MICROS_AN_HOUR = 3.6e9;

  /**
   * Money for a million tokens each.
   *
   * @param input of prompts, as far as they are computed
   * @param cached of prompts, as far as they are cached
   */
  public record Tokens(double input, double cached, double output) {
    public static final Tokens NOTHING = new Tokens(0, 0, 0);

    /** What so many tokens cost; the cached ones are some of those of the prompt. */
    public double of(long prompt, long cachedTokens, long outputTokens) {
      return ((prompt - cachedTokens) * input + cachedTokens * cached + outputTokens * output)
          / MILLION;
    }
  }

  /** What so many microseconds of a slot cost. */
  public double ofMachine(long micros) {
    return micros / MICROS_AN_HOUR * hour;
  }
}
