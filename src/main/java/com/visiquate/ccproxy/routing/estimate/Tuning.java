package com.visiquate.ccproxy.routing.estimate;

/**
 * What the schedule weighs besides its policy; see decision 0006 for how these were found.
 *
 * @param remembers whether it follows what the caches hold
 * @param learns whether it learns how fast backends are, instead of trusting the first guess
 * @param corrects whether it corrects by what prompts took what their version says of the caches
 * @param loss how much of what others lose counts
 * @param stall how much of what running answers lose counts
 * @param fairness nanoseconds of penalty for each nanosecond of recent service to the same client
 * @param prior how fast a backend is taken to be before anything is learnt of it
 */
public record Tuning(
    boolean remembers,
    boolean learns,
    boolean corrects,
    double loss,
    double stall,
    double fairness,
    Rate prior) {
  public static final Tuning DEFAULT = new Tuning(true, true, true, 1, 1, 0.05, Rate.PRIOR);
}
