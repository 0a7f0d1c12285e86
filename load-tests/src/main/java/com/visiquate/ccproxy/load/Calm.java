package com.visiquate.ccproxy.load;

import java.io.IOException;
import java.time.Duration;

/**
 * Measures again what the host has disturbed. A virtual machine with neighbours may lose a third of
 * its cores to them for minutes, which its kernel counts as stolen time: a request costs half as
 * much again then, and the slowest of a hundred are those that met a pause. Only the stolen time
 * decides what is measured again and which of several runs counts, never the figures, and for all
 * ways alike.
 */
final class Calm {
  /** Time stolen from the worst core, in percent. */
  private static final double BEARABLE = 0.5;

  private static final int MOST_RUNS = 12;

  private final int cores;
  private long left;
  private int measured;
  private int repeated;
  private double most;

  /**
   * @param cores of the machine
   * @param patience with all that has to be measured again; after it everything counts as it comes
   */
  Calm(int cores, Duration patience) {
    this.cores = cores;
    left = patience.toNanos();
  }

  /** What can be measured again. */
  interface Run<T> {
    T measure() throws IOException, InterruptedException;
  }

  private record Taken<T>(T figures, double stolen) {}

  /** What the first calm run has measured, or the calmest. */
  <T> T of(Run<T> run) throws IOException, InterruptedException {
    Taken<T> calmest = take(run);
    measured++;
    for (int runs = 1; calmest.stolen() > BEARABLE && runs < MOST_RUNS && left > 0; runs++) {
      long begin = System.nanoTime();
      Taken<T> again = take(run);
      left -= System.nanoTime() - begin;
      repeated++;
      calmest = again.stolen() < calmest.stolen() ? again : calmest;
    }
    most = Math.max(most, calmest.stolen());
    return calmest.figures();
  }

  private <T> Taken<T> take(Run<T> run) throws IOException, InterruptedException {
    Stolen stolen = Stolen.from(cores);
    T figures = run.measure();
    return new Taken<>(figures, stolen.percent());
  }

  @Override
  public String toString() {
    return "Host: %d measurements, and %d again because more than %.1f %% of a core was stolen; at most %.1f %% of what counts"
        .formatted(measured, repeated, BEARABLE, most);
  }
}
