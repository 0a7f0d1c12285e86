package com.visiquate.ccproxy.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares no gateway, nginx and ccproxy before the same backend: time, throughput, CPU and memory.
 */
final class Overhead {
  private static final Duration WARMING = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private final Settings settings;
  private final Cores cores = Cores.ofThisMachine();
  private final Results results = new Results();
  private final Calm calm = new Calm(cores.count(), PATIENCE);
  private final Map<Gateways, Footprint> footprints = new EnumMap<>(Gateways.class);
  private final Map<Gateways, Double> peaks = new EnumMap<>(Gateways.class);
  private final List<String> notes = new ArrayList<>();

  private Overhead(Settings settings) {
    this.settings = settings;
  }

  public static void main(String[] arguments) throws InterruptedException {
    if (List.of(arguments).contains("--help")) {
      System.out.println(Settings.USAGE);
      return;
    }
    Parent.endWithIt();
    try {
      Settings settings = Settings.of(arguments);
      if (settings.against().isPresent()) {
        new Pair(settings).run();
      } else {
        new Overhead(settings).run(String.join(" ", arguments).strip());
      }
    } catch (IOException | UncheckedIOException | IllegalStateException failed) {
      System.err.println("overhead: " + failed.getMessage());
      System.exit(1);
    }
  }

  /** A way to the backend that is ready to be measured. */
  private record Way(Target target, Optional<Gateways.Running> gateway) {}

  private void run(String arguments) throws IOException, InterruptedException {
    Files.createDirectories(settings.folder());
    cores.leaveTheGatewayAlone();
    Program.Port fake =
        Program.startJava(cores.others(), settings.folder().resolve("fake.log"), FakeOllama.class);
    try (Program backend = fake.program()) {
      Target direct = new Target("direct", fake.port(), Target.Speaks.OLLAMA);
      warmUp(new Way(direct, Optional.empty()), backend, WARMING);
      say("Self-check: " + SelfCheck.run(direct));
      Program.prepareToWait(fake.port());
      List<Gateways> gateways = gateways();
      for (Gateways gateway : gateways) {
        footprints.put(gateway, Footprint.of(gateway, fake.port(), settings, cores, calm));
      }
      compare(direct, gateways, backend);
    }
    say(calm.toString());
    write(arguments);
  }

  private List<Gateways> gateways() {
    if (Files.isRegularFile(settings.jar())) {
      return List.of(Gateways.values());
    }
    say("There is no " + settings.jar() + " (build it with `mvn package`): ccproxy is left out.");
    return List.of(Gateways.NGINX);
  }

  private void compare(Target direct, List<Gateways> kinds, Program backend)
      throws IOException, InterruptedException {
    List<Way> ways = new ArrayList<>(List.of(new Way(direct, Optional.empty())));
    try {
      for (Gateways kind : kinds) {
        Gateways.Running running =
            kind.start(Integer.toString(cores.gateway()), direct.port(), settings);
        ways.add(new Way(running.target(), Optional.of(running)));
        warmUp(ways.getLast(), backend, kind == Gateways.CCPROXY ? settings.warmUp() : WARMING);
      }
      for (int round = 1; round <= settings.rounds(); round++) {
        System.out.printf("Round %d of %d%n", round, settings.rounds());
        round(round, ways, backend);
      }
      for (int i = 0; i < kinds.size(); i++) {
        peaks.put(
            kinds.get(i),
            Usage.peakMegabytes(ways.get(i + 1).gateway().orElseThrow().program().handle()));
      }
    } finally {
      ways.forEach(way -> way.gateway().ifPresent(running -> running.program().close()));
    }
  }

  /**
   * The paths take turns within a scenario, each round in another order, so that a noisy minute
   * hits all of them. Each meets the load a moment before it counts: what the load before has left
   * behind, 1,600 connections at worst, is not charged to this one.
   */
  private void round(int round, List<Way> ways, Program backend)
      throws IOException, InterruptedException {
    for (Scenario scenario : Scenario.values()) {
      List<Way> turns = new ArrayList<>(ways);
      Collections.rotate(turns, round + scenario.ordinal());
      for (Way way : turns) {
        measure(way, backend, scenario.load(WARMING));
        results.add(
            scenario, way.target().name(), calmly(way, backend, scenario.load(settings.time())));
      }
    }
  }

  /**
   * A JIT compiler on one core needs some minutes before it has seen and compiled all paths; until
   * then it takes the core from the answers for milliseconds at a time.
   */
  private void warmUp(Way way, Program backend, Duration time) throws IOException {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      for (Scenario scenario : Scenario.values()) {
        measure(way, backend, scenario.load(WARMING));
      }
    }
  }

  /** The calmest run, with the failures of all. */
  private Map<Metric, Double> calmly(Way way, Program backend, Load load)
      throws IOException, InterruptedException {
    List<Map<Metric, Double>> runs = new ArrayList<>();
    Map<Metric, Double> figures =
        calm.of(
            () -> {
              runs.add(measure(way, backend, load));
              return runs.getLast();
            });
    double failed = runs.stream().mapToDouble(run -> run.get(Metric.FAILED)).sum();
    figures.put(Metric.FAILED, failed);
    return figures;
  }

  private Map<Metric, Double> measure(Way way, Program backend, Load load) throws IOException {
    Optional<ProcessHandle> gateway = way.gateway().map(running -> running.program().handle());
    return new Measurement(way.target(), gateway, backend.handle(), cores).of(load);
  }

  private void say(String note) {
    notes.add(note);
    System.out.println(note);
  }

  private void write(String arguments) throws IOException {
    Report report = new Report(results, footprints, peaks);
    String text =
        "# What ccproxy costs\n\n"
            + Machine.words(cores, settings, arguments, notes)
            + "\n"
            + report.text();
    System.out.println("\n" + text);
    Files.createDirectories(settings.results());
    Path file = settings.results().resolve(LocalDate.now() + "-overhead.md");
    Files.writeString(file, text + "\n## How much the rounds differ\n\n" + report.rounds() + "\n");
    System.out.println(
        "Written to " + file + " at " + Instant.now().truncatedTo(ChronoUnit.SECONDS));
  }
}
