package com.visiquate.ccproxy.routing.schedule;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether an Ollama that is said to stop abandoned prompts really does: who comes next must not
 * wait for one. Owns what was seen of that, and the prompt that was broken off last.
 */
final class GhostTruth {
  /** Seen so many times more often than the contrary. */
  private static final int CLEAR = 2;

  /** A wait is as long as expected when it is not so many times shorter or longer. */
  private static final double ABOUT = 3;

  /** A tenth of what was expected, or less, is no wait. */
  private static final double NONE = 0.1;

  private static final long LEAST = Duration.ofSeconds(1).toNanos();

  private @Nullable Abandoned last;
  private int evidence;
  private boolean haunted;

  /**
   * A prompt that was broken off.
   *
   * @param at when its slot was said to be free
   * @param end when it would be computed, if it went on
   */
  record Abandoned(Instant at, Instant end) {}

  /** Whether abandoned prompts run on, against what is said of its version. */
  boolean isHaunted() {
    return haunted;
  }

  void abandoned(Instant now, long nanosLeft) {
    Instant end = now.plusNanos(nanosLeft);
    if (last != null && last.end().isAfter(end)) {
      end = last.end();
    }
    last = new Abandoned(now, end);
  }

  /**
   * A prompt was computed after a wait inside Ollama.
   *
   * @param since when it was sent
   * @param waited nanoseconds
   * @param pause nanoseconds for which even an Ollama that stops may go on
   * @param only whether there was no other slot for it than that of the abandoned prompt
   * @return whether the contrary is believed from now on
   */
  boolean waited(Instant since, long waited, long pause, boolean only) {
    Abandoned before = last;
    if (haunted || before == null || since.isBefore(before.at())) {
      return false;
    }
    last = null;
    double expected = Duration.between(since, before.end()).toNanos();
    boolean telling = expected > 2 * Math.max(LEAST, pause);
    if (telling && isAbout(waited, expected, Math.max(LEAST, pause))) {
      evidence++;
    } else if (telling && only && waited <= NONE * expected) {
      evidence = Math.max(0, evidence - 1);
    }
    haunted = evidence >= CLEAR;
    return haunted;
  }

  private static boolean isAbout(long waited, double expected, long least) {
    return waited > least && waited >= expected / ABOUT && waited <= expected * ABOUT;
  }
}
