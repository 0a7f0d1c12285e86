package com.visiquate.ccproxy.load.swarm;

import com.visiquate.ccproxy.load.Machine;
import com.visiquate.ccproxy.load.Parent;
import com.visiquate.ccproxy.load.Table;
import com.visiquate.ccproxy.load.swarm.Prediction.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Asks ccproxy after a swarm what other settings would have done, then sends the same swarm through
 * each of them, and sets what was predicted beside what came of it.
 */
final class WhatIf {
  private static final List<Policy> POLICIES =
      List.of(
          Policy.USUAL,
          new Policy(Policy.USUAL.residency(), 0.03),
          new Policy(5, Policy.USUAL.patience()),
          new Policy(Policy.USUAL.residency(), 0.1));

  private static final String USAGE =
      """
      usage: what-if.sh [option …]
        --seeds a,b       which swarms (default 1,2,3); a schedule is chaotic, so means are compared
        --scale n         how many times faster than real (default 40)
        --quick           12 agents of one seed, kept out of results/: to see that everything works
        --jar path        the gateway under test (default ../target/ccproxy.jar)\
      """;

  private final List<Prediction> predicted = new ArrayList<>();
  private final List<Real> real = new ArrayList<>();

  /** What came of a policy. */
  private record Real(Policy policy, Outcome outcome) {}

  public static void main(String[] arguments) throws InterruptedException {
    List<String> given = List.of(arguments);
    if (given.contains("--help")) {
      System.out.println(USAGE);
      return;
    }
    Parent.endWithIt();
    try {
      new WhatIf().run(given);
    } catch (IOException | IllegalStateException | IllegalArgumentException failed) {
      System.err.println("what-if: " + failed.getMessage());
      System.exit(1);
    }
    System.exit(0);
  }

  private void run(List<String> given) throws IOException, InterruptedException {
    String scale = Options.value(given, "--scale", "40");
    String seeds = Options.value(given, "--seeds", given.contains("--quick") ? "1" : "1,2,3");
    Path results = Path.of("results");
    for (String seed : seeds.split(",")) {
      List<String> all = new ArrayList<>(given);
      all.addAll(List.of("--seed", seed, "--scale", scale));
      Options options = Options.of(all.toArray(String[]::new));
      results = options.results();
      Files.createDirectories(results);
      for (Policy policy : POLICIES) {
        run(options, policy);
      }
    }
    Path file = results.resolve(LocalDate.now() + "-what-if.md");
    String text = text(seeds, scale);
    System.out.println("\n" + text);
    Files.writeString(file, text);
    System.out.println("Written to " + file);
  }

  private void run(Options options, Policy policy) throws IOException, InterruptedException {
    List<Policy> others = policy == Policy.USUAL ? POLICIES : List.of();
    Experiment.Result result = new Experiment(options, Strategy.LEAST_BUSY, policy, others).run();
    predicted.addAll(result.predictions());
    Figures.Waits waits = result.figures().waits().get(Figures.ALL);
    real.add(new Real(policy, new Outcome(result.figures().makespan(), waits.p50(), waits.p95())));
    System.out.println(real.getLast());
    result.predictions().forEach(System.out::println);
  }

  private String text(String seeds, String scale) throws IOException {
    return """
    # What if, and what really was

    - `load-tests/what-if.sh`, seeds %s, %s × as fast as real; times are seconds of the swarm
    - %d cores of %s, Linux %s, JDK %s
    - 119 agents before three simulated Ollamas; after a run with the settings as shipped the gateway is asked by
      `POST /ccproxy/replay` what others would have done, then the same swarm is sent through each of them

    ## Means of the seeds

    %s

    ## Each seed

    %s
    """
        .formatted(
            seeds,
            scale,
            Runtime.getRuntime().availableProcessors(),
            Machine.processor(),
            System.getProperty("os.version"),
            System.getProperty("java.version"),
            means(),
            each());
  }

  private String means() {
    Table table = table();
    for (Policy policy : POLICIES) {
      List<Outcome> said =
          predicted.stream()
              .filter(one -> one.policy().equals(policy))
              .map(Prediction::outcome)
              .toList();
      List<Outcome> was =
          real.stream().filter(one -> one.policy().equals(policy)).map(Real::outcome).toList();
      row(table, policy, mean(said), mean(was));
    }
    return table.toString();
  }

  private String each() {
    Table table = table();
    for (int i = 0; i < real.size(); i++) {
      row(table, real.get(i).policy(), predicted.get(i).outcome(), real.get(i).outcome());
    }
    long slowest = predicted.stream().mapToLong(Prediction::took).max().orElse(0);
    long requests = predicted.stream().mapToLong(Prediction::requests).max().orElse(0);
    return "%s\n\nA replay of %,d requests with both settings took %,d ms at most."
        .formatted(table, requests, slowest);
  }

  private static Table table() {
    return new Table(
        "settings",
        "makespan: replayed",
        "real",
        "",
        "first token p50: replayed",
        "real",
        "",
        "p95: replayed",
        "real",
        "");
  }

  private static void row(Table table, Policy policy, Outcome said, Outcome was) {
    List<String> cells = new ArrayList<>(List.of(policy.title()));
    for (ToDoubleFunction<Outcome> figure :
        List.<ToDoubleFunction<Outcome>>of(Outcome::makespan, Outcome::p50, Outcome::p95)) {
      double predicted = figure.applyAsDouble(said);
      double real = figure.applyAsDouble(was);
      cells.add(String.format(Locale.ROOT, "%,.1f s", predicted));
      cells.add(String.format(Locale.ROOT, "%,.1f s", real));
      cells.add(String.format(Locale.ROOT, "%+.1f %%", 100 * (predicted / real - 1)));
    }
    table.row(cells.toArray(String[]::new));
  }

  private static Outcome mean(List<Outcome> all) {
    return new Outcome(
        Statistics.mean(all.stream().map(Outcome::makespan).toList()),
        Statistics.mean(all.stream().map(Outcome::p50).toList()),
        Statistics.mean(all.stream().map(Outcome::p95).toList()));
  }
}
