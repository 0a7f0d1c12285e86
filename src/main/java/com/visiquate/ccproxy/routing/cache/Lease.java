package com.visiquate.ccproxy.routing.cache;

import org.jspecify.annotations.Nullable;

/** A place that a request has taken, until one of three things is said about its end. */
public final class Lease {
  private final SlotUse believed;
  private final SlotUse other;
  private final TheoryTest question;
  private final CacheTruth truth;

  Lease(SlotUse believed, SlotUse other, TheoryTest question, CacheTruth truth) {
    this.believed = believed;
    this.other = other;
    this.question = question;
    this.truth = truth;
  }

  /** The length of the request that need not be computed again. */
  public int kept() {
    return believed.promise().kept();
  }

  /** The number of the place, in the order in which Ollama looks through them; -1 of no place. */
  public int place() {
    return believed.slot().number();
  }

  /** What the place held; null when that was nothing, or not known. */
  public @Nullable CachedPrompt before() {
    return believed.before();
  }

  /**
   * Its prompt was computed: how much of it that tells to have been cached, and whether something
   * else is believed of this Ollama from now on.
   */
  public Finding testify(CacheEvidence witness) {
    return switch (question.answer(witness)) {
      case FOUND -> new Finding(question.found(), truth.saw(question.sighting(witness, true)));
      case MISSING -> new Finding(missing(), truth.saw(question.sighting(witness, false)));
      case UNCLEAR -> new Finding(kept(), CacheTruth.Change.NONE);
    };
  }

  /** What is left when it is not found in main memory. */
  private int missing() {
    return question.doubted() ? kept() : Math.min(kept(), question.missing());
  }

  /** It is over, and this is what it leaves behind. */
  public void release(CachedPrompt left) {
    believed.end(left);
    other.end(left);
  }

  /** It is over, and nobody knows what the place holds now. */
  public void abandon() {
    believed.end(null);
    other.end(null);
  }

  /** It never ran. */
  public void restore() {
    believed.end(believed.before());
    other.end(other.before());
  }
}
