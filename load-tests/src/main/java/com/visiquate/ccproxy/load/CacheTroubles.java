package com.visiquate.ccproxy.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Requests that nobody has asked yet, at a fixed rate, while their Redis is in one trouble after
 * the other, each of which begins in the middle of the load.
 */
final class CacheTroubles {
  private static final int RATE = 500;
  private static final Duration TIME = Duration.ofSeconds(8);
  private static final Duration UNTIL = Duration.ofSeconds(2);
  private static final String DEGRADED = "the Redis of the cache";

  private final HttpClient http = HttpClient.newHttpClient();
  private final Target target;
  private final RedisServer redis;
  private final RedisWay way;
  private final Measurement measurement;
  private final Table table =
      new Table(
          "Redis",
          "requests",
          "failed",
          "p50 (ms)",
          "p99 (ms)",
          "p99 added",
          "`/health`",
          "well again after (s)");
  private int number = 50_000_000;
  private double calm;

  CacheTroubles(Target target, RedisServer redis, RedisWay way, Measurement measurement) {
    this.target = target;
    this.redis = redis;
    this.way = way;
    this.measurement = measurement;
  }

  /** What begins or ends a trouble. */
  private interface Change {
    void happen() throws IOException;
  }

  Table table() throws Exception {
    calm = load(() -> {}).get(Metric.P99);
    trouble("well", () -> {}, () -> {});
    trouble("stopped (SIGSTOP)", () -> redis.signal("STOP"), () -> redis.signal("CONT"));
    trouble("killed (SIGKILL)", () -> redis.signal("KILL"), redis::again);
    trouble("slow, 200 ms", () -> way.be(RedisWay.State.SLOW), this::clear);
    trouble("full, `noeviction`", this::fill, this::empty);
    trouble("talks rubbish", () -> way.be(RedisWay.State.RUBBISH), this::clear);
    trouble("well", () -> {}, () -> {});
    return table;
  }

  private void clear() {
    way.be(RedisWay.State.CLEAR);
  }

  private void fill() throws IOException {
    redis.say("CONFIG SET maxmemory-policy noeviction");
    redis.say("CONFIG SET maxmemory 1");
  }

  private void empty() throws IOException {
    redis.say("CONFIG SET maxmemory 0");
  }

  private void trouble(String name, Change begin, Change end) throws Exception {
    Map<Metric, Double> figures = load(begin);
    String health = health();
    end.happen();
    double well = untilWell();
    double p99 = figures.get(Metric.P99);
    table.row(
        name,
        "%,d".formatted(RATE * TIME.toSeconds()),
        Metric.FAILED.format(figures.get(Metric.FAILED)),
        Metric.P50.format(figures.get(Metric.P50)),
        Metric.P99.format(p99),
        "%.2f".formatted(p99 - calm),
        health,
        "%.1f".formatted(well));
  }

  private Map<Metric, Double> load(Change begin) throws IOException {
    number += 100_000;
    Thread changing =
        Thread.startVirtualThread(
            () -> {
              try {
                LockSupport.parkNanos(UNTIL.toNanos());
                begin.happen();
              } catch (IOException failed) {
                throw new IllegalStateException(failed);
              }
            });
    Ask ask = Ask.whole(16).with(",\"temperature\":0").eachFrom(number);
    Map<Metric, Double> figures =
        measurement.of(new Load("troubles", ask, Arrivals.Open.during(RATE, TIME)));
    try {
      changing.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    return figures;
  }

  private String health() throws IOException, InterruptedException {
    String text = read();
    String status = text.replaceAll("(?s).*?\"status\"\\s*:\\s*\"(\\w+)\".*", "$1");
    return status + (text.contains(DEGRADED) ? ", names the Redis" : "");
  }

  /** It is asked again when somebody asks something of the gateway. */
  private double untilWell() throws IOException, InterruptedException {
    long begun = System.nanoTime();
    while (read().contains(DEGRADED) && System.nanoTime() - begun < 30_000_000_000L) {
      number += 100_000;
      Ask ask = Ask.whole(1).with(",\"temperature\":0").eachFrom(number);
      measurement.of(new Load("again", ask, Arrivals.Open.during(50, Duration.ofMillis(100))));
    }
    return (System.nanoTime() - begun) / 1e9;
  }

  private String read() throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + target.port() + "/health");
    return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
  }
}
