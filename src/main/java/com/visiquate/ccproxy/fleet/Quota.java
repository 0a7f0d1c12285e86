package com.visiquate.ccproxy.fleet;

/**
 * How much one key may use; 0 sets no limit.
 *
 * @param requests a minute, ≥ 0
 * @param tokens a minute, of prompts and answers together, ≥ 0
 * @param concurrency requests at once, waiting ones included, ≥ 0
 */
public record Quota(int requests, int tokens, int concurrency) {
  public static final Quota UNLIMITED = new Quota(0, 0, 0);

  public Quota {
    Expect.that(requests >= 0, "requests-per-minute", requests, ">= 0");
    Expect.that(tokens >= 0, "tokens-per-minute", tokens, ">= 0");
    Expect.that(concurrency >= 0, "concurrency", concurrency, ">= 0");
  }

  public boolean isUnlimited() {
    return equals(UNLIMITED);
  }
}
