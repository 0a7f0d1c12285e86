package com.visiquate.ccproxy.load;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Compares ccproxy with nginx, with another build, or with other options: the CPU of a whole
 * answer, in many short turns. The same program costs a third more in a bad minute of a machine
 * with neighbours; the ratio within a round says more than the figures, since a bad second hits
 * both.
 */
final class Pair {
  private static final Duration WARMING = Duration.ofSeconds(5);

  private final Settings settings;
  private final Cores cores = Cores.ofThisMachine();

  Pair(Settings settings) {
    this.settings = settings;
  }

  /** A gateway, what the table calls it, and the CPU of an answer in each round, in µs. */
  private record Side(String name, Gateways.Running gateway, List<Double> cpu) {
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
      if (settings.againstNginx()) {
        sides.add(start("nginx", Gateways.NGINX, fake.port(), settings.before()));
        sides.add(start("ccproxy", Gateways.CCPROXY, fake.port(), settings));
      } else {
        sides.add(start("before", Gateways.CCPROXY, fake.port(), settings.before()));
        sides.add(start("now", Gateways.CCPROXY, fake.port(), settings));
      }
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

  private Side start(String name, Gateways kind, int backend, Settings its)
      throws IOException, InterruptedException {
    Files.createDirectories(its.folder());
    String core = Integer.toString(cores.gateway());
    return new Side(name, kind.start(core, backend, its), new ArrayList<>());
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
            row(before.name() + " (µs)", before.cpu(), "%.1f"),
            row(now.name() + " (µs)", now.cpu(), "%.1f"),
            row(now.name() + " ÷ " + before.name() + ", round by round", ratios, "%.3f"));
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
