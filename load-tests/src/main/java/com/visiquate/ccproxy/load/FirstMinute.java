package com.visiquate.ccproxy.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a client feels after a start: fresh processes, started in several ways, are asked at several
 * rates from the moment on at which they are ready. Prints Markdown.
 */
final class FirstMinute {
  private static final Ask ASK = Ask.whole(16);

  private static final int FEW = 10;
  private static final int FIRST = 200;

  private final Path folder;
  private final int backend;
  private final List<Way> ways;
  private final Duration alone;

  private FirstMinute(Path folder, int backend, List<Way> ways, Duration alone) {
    this.folder = folder;
    this.backend = backend;
    this.ways = ways;
    this.alone = alone;
  }

  /** How ccproxy is started: a name, whether it rehearses, and its command. */
  private record Way(String name, String setting, List<String> command) {
    /** {@code name|rehearsal: true|command …}. */
    static Way of(String text) {
      String[] parts = text.split("\\|", 3);
      return new Way(parts[0], parts[1], List.of(parts[2].split(" +")));
    }
  }

  /** {@code FOLDER SECONDS-ALONE RATE:COUNT,… WAY…}. */
  public static void main(String[] arguments) throws InterruptedException {
    Parent.endWithIt();
    try {
      Path folder = Path.of(arguments[0]);
      Duration alone = Duration.ofSeconds(Integer.parseInt(arguments[1]));
      List<Way> ways = Arrays.stream(arguments).skip(3).map(Way::of).toList();
      String cores = Cores.ofThisMachine().all();
      Program.Port fake = Program.startJava(cores, folder.resolve("fake.log"), FakeOllama.class);
      Program backend = fake.program();
      try (backend) {
        new FirstMinute(folder, fake.port(), ways, alone).run(arguments[2]);
      }
    } catch (IOException | UncheckedIOException failed) {
      System.err.println("first-minute: " + failed.getMessage());
      System.exit(1);
    }
  }

  private void run(String rates) throws IOException, InterruptedException {
    Program.prepareToWait(backend);
    warmUpThisSide(backend);
    leftAlone();
    for (String rate : rates.split(",")) {
      String[] numbers = rate.split(":");
      asked(new Arrivals.Open(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1])));
    }
  }

  /** So that the load generator and the fake are not what is slow. */
  private static void warmUpThisSide(int backend) throws IOException {
    Target direct = new Target("direct", backend, Target.Speaks.OLLAMA);
    new Probe(direct, ASK).run(new Arrivals.Open(2_000, 10_000), answered -> {});
    double[] times = new Probe(direct, ASK).run(new Arrivals.Open(50, 100), answered -> {});
    System.out.printf(
        "- Without any gateway: p50 %.2f ms, p99 %.2f ms of 100 at 50 requests/s%n%n",
        share(times, times.length, 0.5), share(times, times.length, 0.99));
  }

  /** What becoming warm costs when nobody asks. */
  private void leftAlone() throws IOException, InterruptedException {
    Table table =
        new Table(
            "left alone",
            "ready (ms)",
            "CPU until ready (s)",
            "CPU after %d s (s)".formatted(alone.toSeconds()),
            "resident then (MB)");
    for (Way way : ways) {
      Gateway gateway = start(way);
      try (Program program = gateway.program()) {
        double ready = Usage.cpuSeconds(program.handle());
        Thread.sleep(alone);
        table.row(
            way.name(),
            "%.0f".formatted(program.readyMillis()),
            "%.1f".formatted(ready),
            "%.1f".formatted(Usage.cpuSeconds(program.handle())),
            "%.0f".formatted(Usage.residentMegabytes(program.handle())));
      }
    }
    System.out.println(table + "\n");
  }

  private void asked(Arrivals.Open open) throws IOException, InterruptedException {
    Table table =
        new Table(
            "%d requests/s, %,d requests".formatted(open.perSecond(), open.count()),
            "1st (ms)",
            "2–10, worst (ms)",
            "first 200: p50 (ms)",
            "p99 (ms)",
            "all: p50 (ms)",
            "p99 (ms)",
            "CPU of 1–10 (ms each)",
            "of 11–200",
            "of the rest");
    for (Way way : ways) {
      Gateway gateway = start(way);
      try (Program program = gateway.program()) {
        Windows windows = new Windows(program.handle());
        double[] times = new Probe(gateway.target(), ASK).run(open, windows);
        table.row(row(way, times, windows).toArray(String[]::new));
      }
    }
    System.out.println(table + "\n");
  }

  private static List<String> row(Way way, double[] times, Windows windows) {
    List<String> row = new ArrayList<>(List.of(way.name()));
    row.add("%.1f".formatted(times[0]));
    row.add("%.1f".formatted(Arrays.stream(times).skip(1).limit(FEW - 1).max().orElse(0)));
    for (int count : new int[] {FIRST, times.length}) {
      row.add("%.2f".formatted(share(times, count, 0.5)));
      row.add("%.2f".formatted(share(times, count, 0.99)));
    }
    row.addAll(windows.cells());
    return row;
  }

  /** The percentile of the first so many. */
  private static double share(double[] times, int count, double share) {
    double[] sorted = Arrays.copyOf(times, Math.min(count, times.length));
    Arrays.sort(sorted);
    return sorted[(int) Math.ceil(sorted.length * share) - 1];
  }

  private record Gateway(Program program, Target target) {}

  private Gateway start(Way way) throws IOException, InterruptedException {
    int port = Program.freePort();
    Path configuration = Gateways.CCPROXY.configure(folder, "", port, backend);
    String text = Files.readString(configuration);
    Files.writeString(configuration, text.replace("rehearsal: 0", way.setting()));
    List<String> command = new ArrayList<>(way.command());
    command.addAll(List.of("--config", configuration.toAbsolutePath().toString()));
    Program program = Program.start(folder.resolve("ccproxy.log"), command);
    program.awaitReady("http://127.0.0.1:%d/health".formatted(port));
    return new Gateway(program, new Target(way.name(), port, Target.Speaks.OPENAI));
  }
}
