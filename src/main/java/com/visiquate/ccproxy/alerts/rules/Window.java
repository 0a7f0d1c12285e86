package com.visiquate.ccproxy.alerts.rules;

import java.time.Duration;
import java.time.Instant;

/**
 * Two sums over the last while, in a fixed number of slices: however much is added, it takes no
 * more memory. What is older than the window, to one slice, is forgotten.
 */
final class Window {
  private static final int SLICES = 60;
  private final long sliceMillis;
  private final double[] parts = new double[SLICES];
  private final int[] counts = new int[SLICES];
  private long newest = Long.MIN_VALUE;

  Window(Duration length) {
    sliceMillis = Math.max(1, length.toMillis() / SLICES);
  }

  /** Adds one, and so much to the sum. */
  void add(double part, Instant now) {
    advance(now);
    int slice = Math.floorMod(newest, SLICES);
    parts[slice] += part;
    counts[slice]++;
  }

  int count(Instant now) {
    advance(now);
    int sum = 0;
    for (int count : counts) {
      sum += count;
    }
    return sum;
  }

  double sum(Instant now) {
    advance(now);
    double sum = 0;
    for (double part : parts) {
      sum += part;
    }
    return sum;
  }

  /** The mean of what was added; 0 of nothing. */
  double mean(Instant now) {
    int count = count(now);
    return count == 0 ? 0 : sum(now) / count;
  }

  /** A clock that was set back makes nothing younger. */
  private void advance(Instant now) {
    long slice = Math.floorDiv(now.toEpochMilli(), sliceMillis);
    if (newest == Long.MIN_VALUE) {
      newest = slice;
    }
    long passed = Math.min(SLICES, slice - newest);
    for (long i = 1; i <= passed; i++) {
      int gone = Math.floorMod(newest + i, SLICES);
      parts[gone] = 0;
      counts[gone] = 0;
    }
    newest = Math.max(newest, slice);
  }
}
