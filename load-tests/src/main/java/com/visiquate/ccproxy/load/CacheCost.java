package com.visiquate.ccproxy.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the cache costs and saves: hits, misses, followers, and a Redis in trouble. */
final class CacheCost {
  private static final String CERTAIN = ",\"temperature\":0";
  private static final Duration TURN = Duration.ofSeconds(1);
  private static final Ask WHOLE = Ask.whole(16).with(CERTAIN);
  private static final Ask STREAM = Ask.burst(32).with(CERTAIN);

  private final Settings settings;
  private final Cores cores = Cores.ofThisMachine();
  private final int rounds;
  private final int warmUp;
  private final List<Program> programs = new ArrayList<>();
  private int number;

  private CacheCost(Settings settings, boolean quick) {
    this.settings = settings;
    this.rounds = quick ? 3 : settings.rounds();
    this.warmUp = quick ? 4 : 25;
  }

  /** Arguments: {@code --quick}, {@code --rounds n}, {@code --jar path}, and parts to leave out. */
  public static void main(String[] arguments) throws Exception {
    Parent.endWithIt();
    List<String> given = List.of(arguments);
    CacheCost cost = new CacheCost(Settings.of(arguments), given.contains("--quick"));
    try {
      cost.run(given);
    } catch (IOException | UncheckedIOException failed) {
      System.err.println("cache: " + failed.getMessage());
      System.exit(1);
    } finally {
      cost.programs.forEach(Program::close);
    }
    System.exit(0);
  }

  private void run(List<String> given) throws Exception {
    Files.createDirectories(settings.folder());
    cores.leaveTheGatewayAlone();
    Program.Port fake =
        Program.startJava(
            cores.others(),
            settings.folder().resolve("fake.log"),
            FakeOllama.class,
            Recorded.option(settings.folder()));
    programs.add(fake.program());
    Program.prepareToWait(fake.port());
    try (RedisServer redis =
            new RedisServer(cores.others(), settings.folder().resolve("redis.log"));
        RedisWay way = new RedisWay(redis.port())) {
      String shared = "cache: {ttl: 10m, redis: \"redis://127.0.0.1:%d\"}\n";
      if (!given.contains("--no-hits")) {
        hits(fake, shared.formatted(redis.port()));
      }
      if (!given.contains("--no-misses")) {
        misses(fake);
      }
      if (!given.contains("--no-followers")) {
        followers(fake);
      }
      if (!given.contains("--no-troubles")) {
        Gateways.Running gateway = start(fake, "troubles", shared.formatted(way.port()));
        warm(gateway, List.of(WHOLE.eachFrom(0)));
        System.out.println(
            new CacheTroubles(gateway.target(), redis, way, measure(fake, gateway)).table());
      }
    }
  }

  private Gateways.Running start(Program.Port fake, String name, String more) throws Exception {
    Gateways.Running running =
        Gateways.CCPROXY.start(
            Integer.toString(cores.gateway()), fake.port(), settings.of(name, more));
    programs.add(running.program());
    return running;
  }

  /** A request that nobody has asked yet. */
  private Ask fresh(Ask ask) {
    number += 20_000;
    return ask.eachFrom(number);
  }

  private Measurement measure(Program.Port fake, Gateways.Running gateway) {
    return new Measurement(
        gateway.target(), Optional.of(gateway.program().handle()), fake.program().handle(), cores);
  }

  private void warm(Gateways.Running gateway, List<Ask> asks) throws IOException {
    for (int second = 0; second < warmUp; second++) {
      for (Ask ask : asks) {
        Ask next = ask.from() < 0 ? ask : fresh(ask);
        load(gateway.target(), new Load("warm", next, new Arrivals.Closed(16, TURN)));
      }
    }
  }

  private static Tally load(Target target, Load load) throws IOException {
    try (Generator generator = new Generator(target, load, Generator.Span.UNWATCHED)) {
      Tally tally = generator.run();
      if (tally.failed() > 0) {
        throw new IOException(target.name() + ": " + tally.failures());
      }
      return tally;
    }
  }

  private void hits(Program.Port fake, String shared) throws Exception {
    Gateways.Running embedded = start(fake, "embedded", "cache: {ttl: 10m}\n");
    Gateways.Running filling = start(fake, "filling", shared);
    Gateways.Running asking = start(fake, "asking", shared);
    warm(embedded, List.of(WHOLE, STREAM));
    warm(filling, List.of(fresh(WHOLE), fresh(STREAM)));
    warm(asking, List.of(fresh(WHOLE), fresh(STREAM)));
    Table times = new Table("hits at 200 requests/s", "p50 (ms)", "p99 (ms)", "aim of p50 (ms)");
    for (Ask ask : List.of(WHOLE, STREAM)) {
      String form = ask.stream() ? "streamed, 32 tokens" : "whole, 16 tokens";
      times.row(row("embedded, " + form, embeddedTimes(embedded, ask), "≤ 1"));
      times.row(row("Redis on loopback, " + form, redisTimes(filling, asking, ask), "≤ 2"));
    }
    System.out.println(times + "\n");
    filling.program().close();
    asking.program().close();
    againstNginx(fake, embedded);
    embedded.program().close();
  }

  private static String[] row(String name, List<Tally> tallies, String aim) {
    return new String[] {
      name, figure(tallies, 50), figure(tallies, 99), aim,
    };
  }

  private static String figure(List<Tally> tallies, double percentile) {
    double[] all =
        tallies.stream()
            .mapToDouble(tally -> tally.latency().getValueAtPercentile(percentile) / 1e3)
            .toArray();
    return "%.2f".formatted(Results.median(all));
  }

  private List<Tally> embeddedTimes(Gateways.Running gateway, Ask ask) throws IOException {
    List<Tally> tallies = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      tallies.add(
          load(
              gateway.target(), new Load("hits", ask, Arrivals.Open.during(200, settings.time()))));
    }
    return tallies;
  }

  /** What one has answered, another one finds there, each of them once. */
  private List<Tally> redisTimes(Gateways.Running filling, Gateways.Running asking, Ask ask)
      throws IOException {
    List<Tally> tallies = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      Arrivals arrivals = Arrivals.Open.during(200, settings.time());
      Load load = new Load("hits", fresh(ask), arrivals);
      load(filling.target(), load);
      tallies.add(load(asking.target(), load));
    }
    return tallies;
  }

  private void againstNginx(Program.Port fake, Gateways.Running embedded) throws Exception {
    for (Ask ask : List.of(WHOLE, STREAM)) {
      Recorded.record(settings.folder(), embedded.target(), ask);
    }
    Gateways.Running nginx =
        Gateways.NGINX.start(
            Integer.toString(cores.gateway()), fake.port(), settings.of("nginx", ""));
    programs.add(nginx.program());
    Target passing = new Target("nginx", nginx.target().port(), Target.Speaks.OPENAI);
    Gateways.Running same = new Gateways.Running(nginx.program(), passing);
    Table table =
        new Table(
            "CPU of an answer, 16 connections", "nginx (µs)", "a hit (µs)", "ratio (aim ≤ 1.2)");
    List<Gateways.Running> both = List.of(same, embedded);
    table.row(compared("whole, 16 tokens, which nginx gets at once", fake, both, WHOLE, WHOLE));
    table.row(compared("streamed, 32 tokens, at once", fake, both, STREAM, STREAM));
    Ask pieces = Ask.stream(32, Duration.ZERO).with(CERTAIN);
    table.row(
        compared(
            "streamed, 32 tokens, one by one, as models say them", fake, both, pieces, STREAM));
    System.out.println(table + "\n");
  }

  /** In turns, so that a bad second of the machine hits both. */
  private String[] compared(
      String name, Program.Port fake, List<Gateways.Running> sides, Ask first, Ask second)
      throws IOException {
    List<Ask> asks = List.of(first, second);
    List<List<Double>> cpu = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (int round = 0; round < 3 * rounds; round++) {
      for (int turn = 0; turn < 2; turn++) {
        int side = (turn + round) % 2;
        Ask ask = asks.get(side).from() < 0 ? asks.get(side) : fresh(asks.get(side));
        Load load = new Load(name, ask, new Arrivals.Closed(16, TURN));
        Map<Metric, Double> figures = measure(fake, sides.get(side)).of(load);
        cpu.get(side).add(figures.get(Metric.CPU_OF_ANSWER));
      }
      cpu.get(2).add(cpu.get(1).getLast() / cpu.get(0).getLast());
    }
    return new String[] {
      name,
      "%.1f".formatted(median(cpu.get(0))),
      "%.1f".formatted(median(cpu.get(1))),
      "%.2f".formatted(median(cpu.get(2)))
    };
  }

  private static double median(List<Double> values) {
    return Results.median(values.stream().mapToDouble(one -> one).toArray());
  }

  private void misses(Program.Port fake) throws Exception {
    Gateways.Running off = start(fake, "off", "cache: {join: none}\n");
    Gateways.Running sharing = start(fake, "sharing", "");
    Gateways.Running storing = start(fake, "storing", "cache: {ttl: 10m}\n");
    List<Ask> asks = List.of(WHOLE.eachFrom(0));
    List<Gateways.Running> all = List.of(off, sharing, storing);
    // On one core the compiler is done after some 90 s of load; before, it is what is measured.
    for (int turn = 0; turn < 4; turn++) {
      for (Gateways.Running one : all) {
        warm(one, asks);
      }
    }
    Table table =
        new Table(
            "CPU of a whole answer of 16 tokens with temperature 0, never asked before",
            "off (µs)",
            "on (µs), aim 5 more",
            "ratio");
    Ask ask = asks.getFirst();
    table.row(compared("joins, keeps nothing", fake, List.of(off, sharing), ask, ask));
    table.row(compared("keeps answers", fake, List.of(off, storing), ask, ask));
    Ask plain = Ask.whole(16);
    table.row(compared("on, but without temperature", fake, List.of(off, storing), plain, plain));
    System.out.println(table + "\n");
    all.forEach(one -> one.program().close());
  }

  /** How much later than the first one a hundred hear the first word of their shared run. */
  private void followers(Program.Port fake) throws Exception {
    Gateways.Running gateway = start(fake, "followers", "");
    Ask ask = Ask.stream(20, Duration.ofMillis(20)).with(CERTAIN).after(Duration.ofMillis(400));
    List<Double> later = new ArrayList<>();
    for (int round = 0; round < 3 * rounds + 5; round++) {
      // One question for all of a round.
      Ask same = ask.with(CERTAIN + ",\"seed\":" + round);
      List<Long> firsts =
          load(gateway.target(), new Load("follow", same, new Arrivals.Open(1_000, 101))).firsts();
      long leader = firsts.stream().mapToLong(Long::longValue).min().orElseThrow();
      if (round >= 5) {
        firsts.stream().sorted().skip(1).forEach(first -> later.add((first - leader) / 1e6));
      }
    }
    double[] sorted = later.stream().mapToDouble(one -> one).sorted().toArray();
    System.out.println(
        new Table("first word of 100 followers after the leader's", "p50 (ms)", "p99 (ms)", "aim")
                .row(
                    "%,d of them".formatted(sorted.length),
                    "%.2f".formatted(sorted[sorted.length / 2]),
                    "%.2f".formatted(sorted[(int) (sorted.length * 0.99)]),
                    "≤ 5")
            + "\n");
    gateway.program().close();
  }
}
