package com.visiquate.ccproxy.metrics;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Histogram;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The meters of one row of the table, one for each combination of tag values; made once, then held.
 *
 * @param <M> what is told to such a meter
 */
final class Held<M> {
  /** Combinations of one row beyond this many are counted together. */
  static final int MOST = 500;

  private static final String REST = "other";
  private static final double[] SHARES = {0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 1};
  private static final Duration[] BUCKETS = {
    Duration.ofNanos(50_000),
    Duration.ofNanos(200_000),
    Duration.ofMillis(1),
    Duration.ofMillis(5),
    Duration.ofMillis(20),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(30),
    Duration.ofSeconds(60),
    Duration.ofSeconds(120),
    Duration.ofSeconds(300)
  };

  private final Map<Values, M> meters = new HashMap<>();
  private final MeterTable row;
  private final Function<Tags, M> maker;

  private Held(MeterTable row, Function<Tags, M> maker) {
    this.row = row;
    this.maker = maker;
  }

  static Held<Counter> counters(MeterTable row, MeterRegistry registry) {
    return new Held<>(
        row,
        tags ->
            Counter.builder(row.exposed()).description(row.help()).tags(tags).register(registry));
  }

  static Held<Timer> timers(MeterTable row, MeterRegistry registry) {
    return new Held<>(
        row,
        tags ->
            Timer.builder(row.id())
                .description(row.help())
                .tags(tags)
                .serviceLevelObjectives(BUCKETS)
                .register(registry));
  }

  /**
   * Histograms from 0 to 1. The registry's own summaries file what they are told by whole numbers,
   * so that every share would be in the last bucket; Prometheus's own do not.
   */
  static Held<DistributionDataPoint> shares(MeterTable row, Meters meters) {
    Histogram histogram =
        Histogram.builder()
            .name(row.exposed())
            .help(row.help())
            .labelNames(row.tags().stream().sorted().toArray(String[]::new))
            .constLabels(meters.labels())
            .withoutExemplars()
            .classicOnly()
            .classicUpperBounds(SHARES)
            .register(meters.registry().getPrometheusRegistry());
    return new Held<>(
        row,
        tags -> histogram.labelValues(tags.stream().map(Tag::getValue).toArray(String[]::new)));
  }

  static Held<Level> levels(MeterTable row, MeterRegistry registry) {
    return new Held<>(row, tags -> new Level(row, tags, registry));
  }

  static Held<Age> ages(MeterTable row, MeterRegistry registry) {
    return new Held<>(row, tags -> new Age(row, tags, registry));
  }

  /** The meter of these tag values, in the order of the row. */
  M of(String... values) {
    Values key = new Values(values);
    M meter = meters.get(key);
    if (meter != null) {
      return meter;
    }
    Values bounded = meters.size() < MOST ? key : key.unnamed();
    return meters.computeIfAbsent(bounded, missing -> maker.apply(tags(missing.values)));
  }

  /** Forgets the meters of which the first tag is not one of these. */
  List<M> retain(List<String> firstValues) {
    List<M> gone = new ArrayList<>();
    meters
        .entrySet()
        .removeIf(
            entry -> {
              boolean leaves = !firstValues.contains(entry.getKey().values[0]);
              if (leaves) {
                gone.add(entry.getValue());
              }
              return leaves;
            });
    return gone;
  }

  private Tags tags(String[] values) {
    List<Tag> tags = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      tags.add(Tag.of(row.tags().get(i), values[i]));
    }
    return Tags.of(tags);
  }

  /** A key of the map; looked up some twenty times a request, which a list makes noticeable. */
  private static final class Values {
    private final String[] values;
    private final int hash;

    Values(String[] values) {
      this.values = values;
      int mixed = 0;
      for (String value : values) {
        mixed = 31 * mixed + value.hashCode();
      }
      this.hash = mixed;
    }

    Values unnamed() {
      String[] rest = new String[values.length];
      Arrays.fill(rest, REST);
      return new Values(rest);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Values key && Arrays.equals(values, key.values);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  /** For how long something lasts already; it grows by itself. */
  static final class Age {
    private final Clock clock;
    private volatile @Nullable Instant since;

    private Age(MeterTable row, Tags tags, MeterRegistry registry) {
      clock = registry.config().clock();
      Gauge.builder(row.exposed(), this, Age::seconds)
          .description(row.help())
          .tags(tags)
          .register(registry);
    }

    void since(@Nullable Instant begun) {
      since = begun;
    }

    private double seconds() {
      Instant begun = since;
      return begun == null ? 0 : Math.max(0, clock.wallTime() - begun.toEpochMilli()) / 1e3;
    }
  }

  /** A number that goes up and down. */
  static final class Level {
    private final Meter meter;
    private double value;

    private Level(MeterTable row, Tags tags, MeterRegistry registry) {
      this.meter =
          Gauge.builder(row.exposed(), this, level -> level.value)
              .description(row.help())
              .tags(tags)
              .register(registry);
    }

    void set(double now) {
      value = now;
    }

    Meter meter() {
      return meter;
    }
  }
}
