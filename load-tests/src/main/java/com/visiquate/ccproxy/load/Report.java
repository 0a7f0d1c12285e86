package com.visiquate.ccproxy.load;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** Says in words and tables what was measured. */
final class Report {
  private static final List<String> PATHS = List.of("direct", "nginx", "ccproxy");
  private static final List<Metric> ALWAYS =
      List.of(
          Metric.FAILED, Metric.GATEWAY_BUSY, Metric.NOISE, Metric.GENERATOR_BUSY, Metric.STOLEN);

  private final Results results;
  private final Map<Gateways, Footprint> footprints;
  private final Map<Gateways, Double> peaks;

  Report(Results results, Map<Gateways, Footprint> footprints, Map<Gateways, Double> peaks) {
    this.results = results;
    this.footprints = new EnumMap<>(footprints);
    this.peaks = new EnumMap<>(peaks);
  }

  String text() {
    List<String> parts = new ArrayList<>();
    for (Scenario scenario : Scenario.values()) {
      parts.add("## " + scenario.title() + "\n\n" + table(scenario) + notes(scenario));
    }
    parts.add("## Start and memory\n\n" + footprint());
    return String.join("\n\n", parts) + "\n";
  }

  private Table table(Scenario scenario) {
    Table table = new Table("", "direct", "nginx", "ccproxy", "ccproxy ÷ nginx", "aim");
    List<Metric> metrics = new ArrayList<>(scenario.metrics());
    metrics.addAll(ALWAYS);
    for (Metric metric : metrics) {
      double[] figures =
          PATHS.stream().mapToDouble(path -> results.median(scenario, path, metric)).toArray();
      String ratio = metric.compared() ? ratio(figures[2], figures[1]) : "";
      String aim = Aim.of(scenario, metric).judge(figures[2], figures[1]);
      table.row(
          metric.label(),
          metric.format(figures[0]),
          metric.format(figures[1]),
          metric.format(figures[2]),
          ratio,
          aim);
    }
    return table;
  }

  private static String ratio(double ccproxy, double nginx) {
    double ratio = ccproxy / nginx;
    return Double.isNaN(ratio) || Double.isInfinite(ratio) ? "–" : "%.2f".formatted(ratio);
  }

  /** What a reader must know before believing a throughput: who was the bottleneck. */
  private String notes(Scenario scenario) {
    String bound =
        PATHS.stream()
            .filter(path -> results.median(scenario, path, Metric.GENERATOR_BUSY) > 90)
            .filter(path -> !(results.median(scenario, path, Metric.GATEWAY_BUSY) > 90))
            .collect(Collectors.joining(", "));
    return bound.isEmpty()
        ? ""
        : "\n\nThe load generator and the fake were the bottleneck of: "
            + bound
            + ". Its answers/s and times say what they can do, not what the gateway could; CPU"
            + " figures hold.";
  }

  private Table footprint() {
    Table table = new Table("", "nginx", "ccproxy", "aim");
    row(
        table,
        "ready after, all cores (ms)",
        Aim.READY_MILLIS,
        footprintFigures(Footprint::readyMillis));
    row(
        table,
        "ready after, one core (ms)",
        Double.NaN,
        footprintFigures(Footprint::readyOnOneCoreMillis));
    row(
        table,
        "resident when idle (MB)",
        Aim.IDLE_MEGABYTES,
        footprintFigures(Footprint::idleMegabytes));
    row(table, "most resident under all loads (MB)", Double.NaN, peaks);
    return table;
  }

  private Map<Gateways, Double> footprintFigures(
      java.util.function.Function<Footprint, Double> figure) {
    Map<Gateways, Double> figures = new EnumMap<>(Gateways.class);
    footprints.forEach((gateway, footprint) -> figures.put(gateway, figure.apply(footprint)));
    return figures;
  }

  private static void row(Table table, String label, double aim, Map<Gateways, Double> figures) {
    double nginx = figures.getOrDefault(Gateways.NGINX, Double.NaN);
    double ccproxy = figures.getOrDefault(Gateways.CCPROXY, Double.NaN);
    table.row(label, number(nginx), number(ccproxy), new Aim(aim, false).judge(ccproxy, nginx));
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "–" : "%,.0f".formatted(value);
  }

  /** The figures of every round that an aim is judged by, so that a reader sees how they vary. */
  String rounds() {
    Table table = new Table("round by round", "figures");
    for (Scenario scenario : Scenario.values()) {
      boolean answers = scenario.name().startsWith("WHOLE");
      rounds(table, scenario, answers ? Metric.CPU_OF_ANSWER : Metric.CPU_OF_TOKEN);
      if (scenario.metrics().contains(Metric.ADDED_P99)) {
        rounds(table, scenario, Metric.P99);
      }
    }
    return table.toString();
  }

  private void rounds(Table table, Scenario scenario, Metric metric) {
    for (String path : PATHS.subList(1, 3)) {
      String figures =
          DoubleStream.of(results.every(scenario, path, metric))
              .mapToObj(metric::format)
              .collect(Collectors.joining("  "));
      table.row("%s, %s: %s".formatted(scenario, path, metric.label()), figures);
    }
  }
}
