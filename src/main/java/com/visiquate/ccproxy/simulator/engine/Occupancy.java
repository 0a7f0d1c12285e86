package com.visiquate.ccproxy.simulator.engine;

/**
 * One request in one slot, from its coming to its end.
 *
 * @param who asked, as far as the question told it
 * @param promptTokens of the whole prompt
 * @param cachedTokens how many of them the slot held already
 * @param answerTokens that were generated
 */
public record Occupancy(
    String who, String model, int promptTokens, int cachedTokens, int answerTokens, Times times) {

  /**
   * Microseconds since 1970.
   *
   * @param came to this server
   * @param seated in the slot
   * @param spoke its first token; 0 when it left before
   */
  record Times(long came, long seated, long spoke, long ended) {}

  static Occupancy of(Run run, long ended) {
    Times times = new Times(run.started(), run.seatedAt(), run.firstToken(), ended);
    return new Occupancy(
        run.who(),
        run.model().name(),
        run.prompt().length,
        run.cached(),
        run.speech().spoken(),
        times);
  }

  /** With times that are nanoseconds of this clock as microseconds since 1970. */
  public Occupancy dated(WallClock clock) {
    Times dated =
        new Times(
            clock.micros(times.came),
            clock.micros(times.seated),
            times.spoke == 0 ? 0 : clock.micros(times.spoke),
            clock.micros(times.ended));
    return new Occupancy(who, model, promptTokens, cachedTokens, answerTokens, dated);
  }
}
