package com.visiquate.ccproxy.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The meters of one row of the table, one for each combination of tag values; made once, then held.
 *
 * @param <M> what is told to such a meter
 */
final class Held<M> {
  /** Combinations of one row beyond this many are counted together. */
  static final int MOST = 500;

  private static final String REST = "other";
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

  private final Map<List<String>, M> meters = new HashMap<>();
  private final MeterTable row;
  private final Function<Tags, M> maker;

  private Held(MeterTable row, Function<Tags, M> maker) {
    this.row = row;
    this.maker = maker;
  }

  static Held<Counter> counters(MeterTable row, MeterRegistry registry) {
    return new Held<>(
        row,
        tags -> Counter.builder(row.id()).description(row.help()).tags(tags).register(registry));
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

  static Held<DistributionSummary> shares(MeterTable row, MeterRegistry registry) {
    return new Held<>(
        row,
        tags ->
            DistributionSummary.builder(row.id())
                .description(row.help())
                .tags(tags)
                .serviceLevelObjectives(0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 1)
                .register(registry));
  }

  static Held<Level> levels(MeterTable row, MeterRegistry registry) {
    return new Held<>(row, tags -> new Level(row, tags, registry));
  }

  /** The meter of these tag values, in the order of the row. */
  M of(String... values) {
    List<String> key = List.of(values);
    M meter = meters.get(key);
    if (meter != null) {
      return meter;
    }
    List<String> bounded = meters.size() < MOST ? key : key.stream().map(value -> REST).toList();
    return meters.computeIfAbsent(bounded, missing -> maker.apply(tags(missing)));
  }

  /** Forgets the meters of which the first tag is not one of these. */
  List<M> retain(List<String> firstValues) {
    List<M> gone = new ArrayList<>();
    meters
        .entrySet()
        .removeIf(
            entry -> {
              boolean leaves = !firstValues.contains(entry.getKey().getFirst());
              if (leaves) {
                gone.add(entry.getValue());
              }
              return leaves;
            });
    return gone;
  }

  private Tags tags(List<String> values) {
    List<Tag> tags = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      tags.add(Tag.of(row.tags().get(i), values.get(i)));
    }
    return Tags.of(tags);
  }

  /** A number that goes up and down. */
  static final class Level {
    private final Meter meter;
    private double value;

    private Level(MeterTable row, Tags tags, MeterRegistry registry) {
      this.meter =
          Gauge.builder(row.id(), this, level -> level.value)
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
