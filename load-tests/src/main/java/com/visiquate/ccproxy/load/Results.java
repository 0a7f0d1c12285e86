package com.visiquate.ccproxy.load;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/** The figures of all rounds, and their medians. */
final class Results {
  private final Map<Scenario, Map<String, List<Map<Metric, Double>>>> rounds =
      new EnumMap<>(Scenario.class);

  void add(Scenario scenario, String path, Map<Metric, Double> figures) {
    rounds
        .computeIfAbsent(scenario, none -> new LinkedHashMap<>())
        .computeIfAbsent(path, none -> new ArrayList<>())
        .add(figures);
  }

  /**
   * The median of all rounds. What a gateway added is its percentile less the median of the direct
   * path in the same round, so that the direct path's own tail is charged to the gateway: never
   * less than the truth.
   */
  double median(Scenario scenario, String path, Metric metric) {
    return switch (metric) {
      case ADDED_P50 -> added(scenario, path, Metric.P50);
      case ADDED_P99 -> added(scenario, path, Metric.P99);
      case FAILED ->
          DoubleStream.of(every(scenario, path, metric)).reduce(Double::sum).orElse(Double.NaN);
      case LONGEST_GAP -> DoubleStream.of(every(scenario, path, metric)).max().orElse(Double.NaN);
      default -> median(every(scenario, path, metric));
    };
  }

  double[] every(Scenario scenario, String path, Metric metric) {
    return rounds.getOrDefault(scenario, Map.of()).getOrDefault(path, List.of()).stream()
        .mapToDouble(figures -> figures.getOrDefault(metric, Double.NaN))
        .toArray();
  }

  private double added(Scenario scenario, String path, Metric metric) {
    double[] direct = every(scenario, "direct", Metric.P50);
    double[] gateway = every(scenario, path, metric);
    double[] added = new double[path.equals("direct") ? 0 : gateway.length];
    for (int i = 0; i < added.length; i++) {
      added[i] = gateway[i] - direct[i];
    }
    return median(added);
  }

  static double median(double[] values) {
    double[] sorted = DoubleStream.of(values).sorted().toArray();
    int middle = sorted.length / 2;
    if (sorted.length == 0) {
      return Double.NaN;
    }
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
