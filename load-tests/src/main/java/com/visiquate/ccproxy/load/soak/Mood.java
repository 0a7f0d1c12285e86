package com.visiquate.ccproxy.load.soak;

import java.util.random.RandomGenerator;

/** What a client does with its request. */
enum Mood {
  STAYS,
  LEAVES_EARLY,
  LEAVES_IN_STREAM,
  STALLS,
  SENDS_RUBBISH;

  /** Seven of ten behave. */
  static Mood draw(RandomGenerator random) {
    return switch (random.nextInt(20)) {
      case 0, 1 -> LEAVES_EARLY;
      case 2, 3 -> LEAVES_IN_STREAM;
      case 4 -> STALLS;
      case 5 -> SENDS_RUBBISH;
      default -> STAYS;
    };
  }
}
