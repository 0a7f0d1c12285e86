package com.visiquate.ccproxy.routing.replay;

/**
 * How fast one backend ran one model, window by window of the past, because a machine does not keep
 * its pace. Times are seconds; what is worked on takes as long as it took at that time.
 */
final class SpeedCurve {
  private static final int WINDOWS = 24;

  private final double span;
  private final double[] work = new double[WINDOWS];
  private final double[] seconds = new double[WINDOWS];
  private final double least;

  /**
   * Nothing was measured yet.
   *
   * @param span seconds of the past
   * @param least less work than this does not tell the pace of a window
   */
  SpeedCurve(double span, double least) {
    this.span = Math.max(1, span);
    this.least = least;
  }

  void measured(double at, double amount, double took) {
    work[window(at)] += amount;
    seconds[window(at)] += took;
  }

  /** Whether anything was measured. */
  boolean isKnown() {
    return sum(work) > 0;
  }

  /** Seconds for a unit of work at that time; the mean where little was measured, or later. */
  double at(double time) {
    int window = window(time);
    boolean known = time <= span && work[window] >= least;
    return known ? seconds[window] / work[window] : mean();
  }

  double mean() {
    return sum(seconds) / sum(work);
  }

  private int window(double at) {
    return Math.clamp((long) (WINDOWS * at / span), 0, WINDOWS - 1);
  }

  private static double sum(double[] all) {
    double sum = 0;
    for (double one : all) {
      sum += one;
    }
    return sum;
  }
}
