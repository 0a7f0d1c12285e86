package com.visiquate.ccproxy.chat;

/**
 * What one generation cost, as Ollama reports it at its end. Times are nanoseconds; 0 where Ollama
 * said nothing.
 *
 * @param promptTokens tokens of the whole prompt, cached ones included
 * @param cachedTokens how many of them were not computed again, as far as is known
 * @param outputTokens generated tokens, thinking and tool calls included
 * @param waitNanos time inside Ollama that none of the others accounts for: it waited for a slot
 */
public record Counts(
    int promptTokens,
    int cachedTokens,
    int outputTokens,
    long loadNanos,
    long promptNanos,
    long outputNanos,
    long waitNanos) {
  public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);

  /** Of a generation that did not wait inside Ollama. */
  public Counts(
      int promptTokens,
      int cachedTokens,
      int outputTokens,
      long loadNanos,
      long promptNanos,
      long outputNanos) {
    this(promptTokens, cachedTokens, outputTokens, loadNanos, promptNanos, outputNanos, 0);
  }

  /** What both cost together. */
  public Counts plus(Counts other) {
    return new Counts(
        promptTokens + other.promptTokens,
        cachedTokens + other.cachedTokens,
        outputTokens + other.outputTokens,
        loadNanos + other.loadNanos,
        promptNanos + other.promptNanos,
        outputNanos + other.outputNanos,
        waitNanos + other.waitNanos);
  }

  /** The same, for who is told nothing of what was generated. */
  public Counts withoutOutput() {
    return new Counts(
        promptTokens, cachedTokens, 0, loadNanos, promptNanos, outputNanos, waitNanos);
  }

  /** The same tokens, which took no time. */
  public Counts timeless() {
    return new Counts(promptTokens, cachedTokens, outputTokens, 0, 0, 0, 0);
  }

  /** Everything together, waiting included. */
  public long totalNanos() {
    return loadNanos + promptNanos + outputNanos + waitNanos;
  }

  /** The same, having waited for so long. */
  public Counts waiting(long nanos) {
    return new Counts(
        promptTokens, cachedTokens, outputTokens, loadNanos, promptNanos, outputNanos, nanos);
  }

  /** The same, with so many cached tokens. */
  public Counts withCached(int tokens) {
    return new Counts(
        promptTokens, tokens, outputTokens, loadNanos, promptNanos, outputNanos, waitNanos);
  }
}
