package com.visiquate.ccproxy.load.swarm;

import java.util.List;

/** Sums of many numbers. */
final class Statistics {
  private Statistics() {}

  /** The smallest number that so large a share (0 to 1) does not exceed; 0 of none. */
  static double percentile(List<Double> numbers, double share) {
    List<Double> sorted = numbers.stream().sorted().toList();
    int rank = (int) Math.ceil(share * sorted.size());
    return sorted.isEmpty() ? 0 : sorted.get(Math.max(0, rank - 1));
  }

  static double mean(List<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).average().orElse(0);
  }

  /** Jain's index: 1 when all are equal, 1/n when one has everything. */
  static double fairness(List<Double> numbers) {
    double sum = numbers.stream().mapToDouble(Double::doubleValue).sum();
    double squares = numbers.stream().mapToDouble(number -> number * number).sum();
    return squares == 0 ? 1 : sum * sum / (numbers.size() * squares);
  }
}
