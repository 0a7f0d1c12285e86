package com.visiquate.ccproxy.load.swarm;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;

/** One strategy at work: starts its programs, sends the agents, and ends all of them. */
final class Experiment {
  private static final Duration PROGRESS = Duration.ofSeconds(10);

  private final Options options;
  private final Strategy strategy;
  private final List<Assignment> assignments;
  private final double scale;
  private final Policy policy;
  private final List<Policy> others;

  Experiment(Options options, Strategy strategy) {
    this(options, strategy, Policy.USUAL, List.of());
  }

  /**
   * One with other settings.
   *
   * @param others of which the gateway is asked afterwards what they would have done
   */
  Experiment(Options options, Strategy strategy, Policy policy, List<Policy> others) {
    this.options = options;
    this.strategy = strategy;
    this.policy = policy;
    this.others = List.copyOf(others);
    this.assignments = Population.of(options.seed(), options.most());
    this.scale = options.scale().orElse(strategy.scale());
  }

  /** The figures, the picture of the slots, and what the gateway thinks of other settings. */
  record Result(Figures figures, String picture, List<Prediction> predictions) {}

  Result run() throws IOException, InterruptedException {
    Files.createDirectories(options.folder());
    try (Simulators simulators = Simulators.start(options.jar(), options.folder(), scale)) {
      Site site = new Site(simulators.urls(), scale, policy, options.jar(), options.folder());
      try (Front front = strategy.start(site)) {
        return run(simulators, front, site);
      }
    }
  }

  private Result run(Simulators simulators, Front front, Site site)
      throws IOException, InterruptedException {
    boolean plain = front.dialect() instanceof Ollama;
    simulators.load(plain);
    work(WarmUp.assignments(), front, new VirtualClock(scale));
    long loads = simulators.seen("/models/loads");
    VirtualClock clock = new VirtualClock(scale);
    Progress progress = work(assignments, front, clock);
    List<Prediction> predictions = Prediction.of(front.uri(Model.FAST), site, others, clock);
    progress.troubles().stream().limit(10).forEach(System.out::println);
    Figures.Counters counters =
        new Figures.Counters(
            simulators.seen("/models/loads") - loads,
            simulators.seen("/models/silentWaits"),
            strategy.holds() ? Holds.of(front.uri(Model.FAST), scale) : Holds.NONE,
            progress.refusals(),
            progress.troubles().size());
    List<List<Held>> held = simulators.held(clock);
    List<Recorded> recorded =
        strategy.keepsRecords() ? Recorded.of(front.uri(Model.FAST), held, scale) : List.of();
    return result(
        progress,
        held.stream().flatMap(List::stream).filter(Held::isOfSwarm).toList(),
        counters,
        recorded,
        predictions);
  }

  private Progress work(List<Assignment> all, Front front, VirtualClock clock)
      throws InterruptedException {
    Progress progress = new Progress();
    try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      List<Thread> agents =
          all.stream()
              .map(one -> Thread.ofVirtual().start(new Agent(one, front, http, clock, progress)))
              .toList();
      for (Thread agent : agents) {
        while (!agent.join(PROGRESS)) {
          System.out.printf("%s, %,.0f s: %s%n", strategy.label(), clock.now(), progress.line());
        }
      }
    }
    return progress;
  }

  private Result result(
      Progress progress,
      List<Held> held,
      Figures.Counters counters,
      List<Recorded> recorded,
      List<Prediction> predictions) {
    Reckoning reckoning = new Reckoning(assignments, progress.answered(), held);
    Slots slots = new Slots(assignments, held, reckoning.makespan());
    Figures figures =
        new Figures(
            strategy,
            scale,
            options.seed(),
            assignments.size(),
            reckoning.makespan(),
            Bound.of(assignments),
            reckoning.waits(),
            reckoning.tokensPerSecond(),
            reckoning.agentMean(),
            reckoning.hits(),
            reckoning.fairness(),
            counters,
            recorded,
            Strip.of(slots));
    return new Result(figures, Picture.of(strategy.title().replace("`", ""), slots), predictions);
  }
}
