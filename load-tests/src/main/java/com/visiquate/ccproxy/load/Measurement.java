package com.visiquate.ccproxy.load;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/** One run of one load on one path, with the CPU that everybody has used for it. */
final class Measurement implements Generator.Span {
  private final Target target;
  private final Optional<ProcessHandle> gateway;
  private final ProcessHandle fake;
  private final Cores cores;
  private double cpuWhenAllSpeak = Double.NaN;
  private double cpuOfSpan = Double.NaN;
  private long tokensWhenAllSpeak;
  private long tokensOfSpan;

  Measurement(Target target, Optional<ProcessHandle> gateway, ProcessHandle fake, Cores cores) {
    this.target = target;
    this.gateway = gateway;
    this.fake = fake;
    this.cores = cores;
  }

  /** The counters of the kernel at one moment. */
  private record Moment(double seconds, double gateway, double others, double core) {}

  private Moment now() {
    double others = Usage.cpuSeconds(ProcessHandle.current().pid()) + Usage.cpuSeconds(fake.pid());
    return new Moment(
        System.nanoTime() / 1e9, gatewayCpu(), others, Usage.busySeconds(cores.gateway()));
  }

  private double gatewayCpu() {
    return gateway.map(Usage::cpuSeconds).orElse(Double.NaN);
  }

  Map<Metric, Double> of(Load load) throws IOException {
    try (Generator generator = new Generator(target, load, this)) {
      Stolen stolen = Stolen.from(cores.count());
      Moment before = now();
      Tally tally = generator.run();
      Moment after = now();
      double share = stolen.percent();
      tally
          .failures()
          .forEach(
              (why, count) ->
                  System.out.printf(
                      "    %s, %s: %d × %s%n", load.name(), target.name(), count, why));
      Map<Metric, Double> figures = figures(load, tally, before, after);
      figures.put(Metric.STOLEN, share);
      return figures;
    }
  }

  @Override
  public void allSpeak(long tokens) {
    cpuWhenAllSpeak = gatewayCpu();
    tokensWhenAllSpeak = tokens;
  }

  @Override
  public void firstEnds(long tokens) {
    cpuOfSpan = gatewayCpu() - cpuWhenAllSpeak;
    tokensOfSpan = tokens - tokensWhenAllSpeak;
  }

  private Map<Metric, Double> figures(Load load, Tally tally, Moment before, Moment after) {
    double seconds = after.seconds() - before.seconds();
    double cpu = after.gateway() - before.gateway();
    double tokenCpu = load.onlyWhileAllRun() ? cpuOfSpan / tokensOfSpan : cpu / tally.tokens();
    Map<Metric, Double> figures = new EnumMap<>(Metric.class);
    figures.put(Metric.FAILED, (double) tally.failed());
    figures.put(Metric.ANSWERS, tally.answers() / seconds);
    figures.put(Metric.TOKENS, tally.tokens() / seconds);
    figures.put(Metric.LONGEST_GAP, tally.longestGapMicros() / 1e3);
    figures.put(Metric.CPU_OF_ANSWER, cpu / tally.answers() * 1e6);
    figures.put(Metric.CPU_OF_TOKEN, tokenCpu * 1e6);
    figures.put(Metric.GATEWAY_BUSY, cpu / seconds * 100);
    double ours = Double.isNaN(cpu) ? 0 : cpu;
    figures.put(Metric.NOISE, Math.max(0, (after.core() - before.core() - ours) / seconds * 100));
    figures.put(Metric.GENERATOR_BUSY, (after.others() - before.others()) / seconds * 100);
    percentiles(figures, tally);
    return figures;
  }

  private static void percentiles(Map<Metric, Double> figures, Tally tally) {
    figures.put(Metric.P50, milliseconds(tally.latency(), 50));
    figures.put(Metric.P99, milliseconds(tally.latency(), 99));
    figures.put(Metric.FIRST_P50, milliseconds(tally.firstToken(), 50));
    figures.put(Metric.FIRST_P99, milliseconds(tally.firstToken(), 99));
    figures.put(Metric.DELAY_P50, milliseconds(tally.delays(), 50));
    figures.put(Metric.DELAY_P99, milliseconds(tally.delays(), 99));
  }

  private static double milliseconds(Histogram histogram, double percentile) {
    return histogram.getTotalCount() == 0
        ? Double.NaN
        : histogram.getValueAtPercentile(percentile) / 1e3;
  }
}
