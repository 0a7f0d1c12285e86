package com.visiquate.ccproxy.routing.recent;

import java.util.Arrays;

/** The last few observations of something; owns them, and says what is usual. */
public final class RecentValues {
  private final double[] values;
  private double[] sorted = {};
  private int count;

  public RecentValues(int size) {
    values = new double[size];
  }

  public void add(double value) {
    values[count % values.length] = value;
    count++;
    sorted = Arrays.copyOf(values, size());
    Arrays.sort(sorted);
  }

  /** How many are still known. */
  public int size() {
    return Math.min(count, values.length);
  }

  /** The value that this part of them, from 0 to 1, does not exceed; 0 when there is none. */
  public double quantile(double part) {
    return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1, part * sorted.length)];
  }
}
