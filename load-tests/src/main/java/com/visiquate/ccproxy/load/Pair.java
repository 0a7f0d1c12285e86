package com.visiquate.ccproxy.load;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Compares two builds of ccproxy, or one with other options: the CPU of a whole answer, in many
 * short turns. The same program costs a third more in a bad minute of a machine with neighbours;
 * the ratio within a round says more than the figures, since a bad second hits both.
 */
final class Pair {
  private static final Duration WARMING = Duration.ofSeconds(5);

  private final Settings settings;
  private final Cores cores = Cores.ofThisMachine();

  Pair(Settings settings) {
    this.settings = settings;
  }

  /** A gateway, and the CPU of an answer in each round, in µs. */
  private record Side(Gateways.Running gateway, List<Double> cpu) {
    void measure(Program backend, Cores cores, Duration time) throws IOException {
      Optional<ProcessHandle> process = Optional.of(gateway.program().handle());
      Measurement measurement = new Measurement(gateway.target(), process, backend.handle(), cores);
      cpu.add(measurement.of(Scenario.WHOLE_THROUGHPUT.load(time)).get(Metric.CPU_OF_ANSWER));
    }
  }

  void run() throws IOException, InterruptedException {
    Files.createDirectories(settings.folder());
    cores.leaveTheGatewayAlone();
    Program.Port fake =
        Program.startJava(cores.others(), settings.folder().resolve("fake.log"), FakeOllama.class);
    List<Side> sides = new ArrayList<>();
    try (Program backend = fake.program()) {
      Program.prepareToWait(fake.port());
      sides.add(start(fake.port(), settings.before()));
      sides.add(start(fake.port(), settings));
      for (long turns = settings.warmUp().dividedBy(WARMING); turns > 0; turns--) {
        round(sides, backend, WARMING);
      }
      sides.forEach(side -> side.cpu().clear());
      for (int round = 0; round < settings.rounds(); round++) {
        round(round % 2 == 0 ? sides : sides.reversed(), backend, settings.time());
      }
      System.out.println(table(sides.getFirst(), sides.getLast()));
    } finally {
      sides.forEach(side -> side.gateway().program().close());
    }
  }

  private Side start(int backend, Settings its) throws IOException, InterruptedException {
    Files.createDirectories(its.folder());
    String core = Integer.toString(cores.gateway());
    return new Side(Gateways.CCPROXY.start(core, backend, its), new ArrayList<>());
  }

  private void round(List<Side> sides, Program backend, Duration time) throws IOException {
    for (Side side : sides) {
      side.measure(backend, cores, time);
    }
  }

  private static String table(Side before, Side now) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < now.cpu().size(); i++) {
      ratios.add(now.cpu().get(i) / before.cpu().get(i));
    }
    return """
    | CPU of a whole answer | quartile | median | quartile |
    |-----------------------|---------:|-------:|---------:|
    %s
    %s
    %s
    """
        .formatted(
            row("before (µs)", before.cpu(), "%.1f"),
            row("now (µs)", now.cpu(), "%.1f"),
            row("now ÷ before, round by round", ratios, "%.3f"));
  }

  private static String row(String name, List<Double> figures, String form) {
    double[] sorted = figures.stream().mapToDouble(figure -> figure).sorted().toArray();
    StringBuilder row = new StringBuilder("| " + name + " |");
    for (int quarter = 1; quarter <= 3; quarter++) {
      row.append(' ')
          .append(form.formatted(sorted[(sorted.length - 1) * quarter / 4]))
          .append(" |");
    }
    return row.toString();
  }
}
