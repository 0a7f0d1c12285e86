package com.visiquate.ccproxy.routing.cache;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * By which rule one Ollama keeps the prompts of one model, and how many tokens of them in main
 * memory. Begins with what its version is known to do; a clear majority of what was seen lately
 * corrects it. Owns these few sightings.
 */
public final class CacheTruth {
  /** Less holds the prompt of hardly any agent, so it is as good as none. */
  static final int LEAST = 8_192;

  static final int MOST = 1_200_000;

  /** Of a size, which is not known better: tokens are counted by characters. */
  private static final double ABOUT = 0.1;

  private static final int REMEMBERED = 16;

  /** By so many sightings another belief must explain more than this one. */
  private static final int CLEAR = 4;

  private final Deque<Sighting> sightings = new ArrayDeque<>(REMEMBERED);
  private CacheRule rule;
  private int tokens;
  private boolean corrected;

  /**
   * A prompt whose cached part was found, or not, where the theories differ.
   *
   * @param depth tokens that main memory must hold for it to be found
   */
  record Sighting(int depth, boolean found) {
    /** Whether it is what a store of so many tokens does. */
    private boolean fits(int tokens) {
      return found == (depth <= tokens);
    }
  }

  /** What is believed otherwise than before. */
  public enum Change {
    NONE,
    RULE,
    SIZE
  }

  /**
   * What is expected of it before anything is seen.
   *
   * @param expected tokens in main memory, by its configuration and its model
   */
  public CacheTruth(CacheRule byVersion, int expected) {
    rule = byVersion;
    tokens = expected;
  }

  /** More is known of its model; what was seen counts more. */
  void expect(int expected) {
    if (!corrected) {
      tokens = expected;
    }
  }

  public CacheRule rule() {
    return rule;
  }

  /** What it keeps in main memory, if it does. */
  public int tokens() {
    return tokens;
  }

  /** Whether what it did says so, and not its version. */
  public boolean isCorrected() {
    return corrected;
  }

  /** One more sighting; what is believed otherwise because of it. */
  Change saw(Sighting sighting) {
    if (sightings.size() == REMEMBERED) {
      sightings.removeFirst();
    }
    sightings.addLast(sighting);
    int best = bestSize();
    int errorsOfSlots = found();
    int errorsOfStore = errors(best);
    // Main memory that is too small for what was asked of it explains a miss as well as none.
    boolean none = errorsOfSlots < errorsOfStore || (errorsOfSlots == 0 && best <= LEAST);
    int gain = errors() - Math.min(errorsOfSlots, errorsOfStore);
    return gain < CLEAR ? Change.NONE : become(none ? CacheRule.SLOTS : CacheRule.STORE, best);
  }

  private Change become(CacheRule better, int size) {
    boolean same = better == rule;
    if (same && Math.abs(size - tokens) < ABOUT * tokens) {
      return Change.NONE;
    }
    Change change = same ? Change.SIZE : Change.RULE;
    rule = better;
    tokens = better == CacheRule.STORE ? size : tokens;
    corrected = true;
    return change;
  }

  /** How many sightings speak against what is believed. */
  private int errors() {
    return rule == CacheRule.SLOTS ? found() : errors(tokens);
  }

  private int found() {
    int count = 0;
    for (Sighting one : sightings) {
      count += one.found() ? 1 : 0;
    }
    return count;
  }

  private int errors(int size) {
    int count = 0;
    for (Sighting one : sightings) {
      count += one.fits(size) ? 0 : 1;
    }
    return count;
  }

  /** The size that explains the most; of several the one that changes least. */
  private int bestSize() {
    int best = tokens;
    int least = errors(tokens);
    for (Sighting one : sightings) {
      int size = Math.clamp(one.found() ? one.depth() : one.depth() - 1, LEAST, MOST);
      int errors = errors(size);
      boolean nearer = Math.abs(size - tokens) < Math.abs(best - tokens);
      if (errors < least || (errors == least && nearer)) {
        best = size;
        least = errors;
      }
    }
    return best;
  }
}
