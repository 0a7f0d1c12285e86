package com.visiquate.ccproxy.routing.cache;

/**
 * Where the theories differ about a prompt, so that its time tells which one is right. Lengths are
 * characters.
 *
 * @param found that is cached if main memory still holds what is remembered of it
 * @param missing that is cached otherwise
 * @param depth how much main memory must hold for that; 0 when slots alone explain it
 * @param doubted whether it is not even believed to be found there
 * @param unsure whether it may never have been put there, so that a miss says nothing of its size
 * @param length of the whole prompt
 */
record TheoryTest(int found, int missing, int depth, boolean doubted, boolean unsure, int length) {
  /** Fewer tokens are no difference. */
  private static final int TOKENS = 256;

  /** The one theory must have so many times as much computed as the other. */
  private static final double TIMES = 1.5;

  /**
   * On the way from the one to the other, as orders of magnitude; between these nothing is said.
   */
  private static final double NEAR = 0.35;

  private static final double FAR = 0.65;

  /** Of the whole prompt: what took longer was slowed by something else. */
  private static final double SLOWED = 1.5;

  /** The last token is always computed, and every prompt costs a little: in tokens. */
  private static final int LEAST = 16;

  /** What the time of the prompt says. */
  enum Answer {
    FOUND,
    MISSING,
    UNCLEAR
  }

  static TheoryTest between(ExpectedReuse slots, ExpectedReuse store, int length) {
    boolean inSlot = store.depth() == 0;
    int missing = inSlot ? slots.kept() : Math.max(slots.kept(), store.slot());
    boolean doubted = store.most() > store.kept();
    return new TheoryTest(store.most(), missing, store.depth(), doubted, store.unsure(), length);
  }

  Answer answer(CacheEvidence witness) {
    double least = witness.tokens() - tokens(found, witness) + LEAST;
    double most = witness.tokens() - tokens(missing, witness) + LEAST;
    boolean decides = most - least >= TOKENS && most >= TIMES * least;
    if (!decides || witness.computed() > SLOWED * witness.tokens() + LEAST) {
      return Answer.UNCLEAR;
    }
    double way = Math.log((witness.computed() + LEAST) / least) / Math.log(most / least);
    if (way < NEAR) {
      return Answer.FOUND;
    }
    return way > FAR && !unsure && !witness.slowed() ? Answer.MISSING : Answer.UNCLEAR;
  }

  CacheTruth.Sighting sighting(CacheEvidence witness, boolean wasFound) {
    return new CacheTruth.Sighting((int) tokens(depth, witness), wasFound);
  }

  private double tokens(int characters, CacheEvidence witness) {
    return length == 0 ? 0 : (double) characters / length * witness.tokens();
  }
}
