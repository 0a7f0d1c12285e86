package com.visiquate.ccproxy.load.soak;

import java.util.List;
import java.util.Optional;

/** The medians of the second and of the last quarter of a figure, and the most of it. */
record Growth(double early, double late, double most) {
  private static final double TOLERATED = 1.25;

  static Growth of(List<Double> looks) {
    int quarter = looks.size() / 4;
    return new Growth(
        median(looks.subList(quarter, 2 * quarter)),
        median(looks.subList(looks.size() - quarter, looks.size())),
        looks.stream().mapToDouble(Double::doubleValue).max().orElse(0));
  }

  private static double median(List<Double> some) {
    List<Double> sorted = some.stream().sorted().toList();
    return sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2);
  }

  /** Told when it has grown by a quarter, and by more than so much. */
  Optional<String> fault(String what, double step) {
    return late > early * TOLERATED && late > early + step
        ? Optional.of(what + ": grown, " + this)
        : Optional.empty();
  }

  @Override
  public String toString() {
    return "%.0f in the second quarter, %.0f in the last, %.0f at most"
        .formatted(early, late, most);
  }
}
