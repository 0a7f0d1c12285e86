package com.visiquate.ccproxy.routing.replay;

/**
 * How requests on one machine slow each other: its prompts are computed one after the other,
 * answers nearly stall meanwhile, and share it otherwise. Several at once are faster together than
 * one alone, but each is slower.
 */
final class Law {
  /** Of its pace, what an answer keeps while a prompt is computed. */
  private static final double STALLED = 0.05;

  private Law() {}

  /** How fast each of so many answers is, compared with one alone. */
  static double share(int answers, boolean prompting) {
    double shared = 1 / Math.sqrt(Math.max(1, answers));
    return prompting ? shared * STALLED : shared;
  }
}
