package com.visiquate.ccproxy.routing.replay;

import static java.util.Objects.requireNonNull;

import com.visiquate.ccproxy.bus.TimelineMessage.PastRun;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendSpec;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.routing.estimate.Rate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** How fast each backend runs each model, as its past runs tell. */
final class Speeds {
  /** Fewer tokens do not tell how fast prompts are. */
  private static final int PROMPT_TOKENS = 2_000;

  private static final int OUTPUT_TOKENS = 500;

  /** Of one prompt; the time of fewer says little, as it is known only about what was cached. */
  private static final int COMPUTED = 64;

  /** A load faster than this was none. */
  private static final double LOADED = 0.5;

  private static final double NANOS = 1e9;

  private final Map<Pair, Measured> measured = new HashMap<>();
  private final double span;
  private final double begin;

  private record Pair(BackendId backend, ModelName model) {}

  private static final class Measured {
    final SpeedCurve prompt;
    final SpeedCurve output;
    double loads;
    int loaded;

    Measured(double span) {
      prompt = new SpeedCurve(span, PROMPT_TOKENS);
      output = new SpeedCurve(span, OUTPUT_TOKENS);
    }
  }

  private Speeds(double begin, double span) {
    this.begin = begin;
    this.span = span;
  }

  /**
   * By what was.
   *
   * @param plan says which backends were on one machine
   */
  static Speeds of(List<PastRun> runs, FleetPlan plan) {
    double begin = runs.stream().mapToLong(PastRun::born).min().orElse(0) / 1e3;
    double end = runs.stream().mapToLong(PastRun::ended).max().orElse(0) / 1e3;
    Speeds speeds = new Speeds(begin, end - begin);
    Map<BackendId, String> hosts = new HashMap<>();
    plan.backends().forEach(spec -> hosts.put(spec.id(), spec.host()));
    Map<String, List<PastRun>> machines = new HashMap<>();
    for (PastRun run : runs) {
      String host = hosts.getOrDefault(run.backend(), run.backend().value());
      machines.computeIfAbsent(host, missing -> new ArrayList<>()).add(run);
      speeds.prompt(run);
    }
    machines.values().forEach(speeds::outputs);
    return speeds;
  }

  /** Seconds to load it there. */
  double load(BackendSpec backend, ModelName model) {
    Measured own = measured.get(new Pair(backend.id(), model));
    return own == null || own.loaded == 0 ? Rate.PRIOR.load() / NANOS : own.loads / own.loaded;
  }

  /** Seconds for a token of a prompt that is not cached. */
  double prompt(BackendSpec backend, ModelName model, double at) {
    return seconds(backend, model, at, one -> one.prompt, Rate.PRIOR.prompt() / NANOS);
  }

  /** Seconds for a token of an answer that runs alone. */
  double output(BackendSpec backend, ModelName model, double at) {
    return seconds(backend, model, at, one -> one.output, Rate.PRIOR.output() / NANOS);
  }

  /** Where nothing was measured it is as fast as others of that model, by its weight. */
  private double seconds(
      BackendSpec backend,
      ModelName model,
      double at,
      Function<Measured, SpeedCurve> kind,
      double otherwise) {
    Measured own = measured.get(new Pair(backend.id(), model));
    if (own != null && kind.apply(own).isKnown()) {
      return kind.apply(own).at(at);
    }
    return measured.entrySet().stream()
        .filter(entry -> entry.getKey().model().equals(model))
        .map(entry -> kind.apply(entry.getValue()))
        .filter(SpeedCurve::isKnown)
        .mapToDouble(pace -> pace.at(at) / backend.weight())
        .average()
        .orElse(otherwise / backend.weight());
  }

  private void prompt(PastRun run) {
    Measured own = of(run);
    double computed = run.counts().promptTokens() - run.counts().cachedTokens();
    if (computed > COMPUTED && run.counts().promptNanos() > 0) {
      own.prompt.measured(at(run.started()), computed, run.counts().promptNanos() / NANOS);
    }
    double load = run.counts().loadNanos() / NANOS;
    if (load > LOADED) {
      own.loads += load;
      own.loaded++;
    }
  }

  /** A moment in the past of one machine: how many prompts and answers there are from then on. */
  private record Change(long at, int prompts, int answers) {}

  /**
   * What answers took is told apart from what others made them wait: the progress that an answer
   * could make, alone, up to each moment is the same for all on one machine.
   */
  private void outputs(List<PastRun> runs) {
    List<Change> changes = new ArrayList<>(3 * runs.size());
    for (PastRun run : runs) {
      changes.add(new Change(run.started(), 1, 0));
      changes.add(new Change(run.spoke(), -1, 1));
      changes.add(new Change(run.ended(), 0, -1));
    }
    changes.sort(Comparator.comparingLong(Change::at));
    Map<Long, Double> progress = new HashMap<>();
    double sum = 0;
    long before = changes.isEmpty() ? 0 : changes.getFirst().at();
    int prompts = 0;
    int answers = 0;
    for (Change change : changes) {
      sum += (change.at() - before) / 1e3 * Law.share(answers, prompts > 0);
      before = change.at();
      prompts += change.prompts();
      answers += change.answers();
      progress.put(change.at(), sum);
    }
    for (PastRun run : runs) {
      double alone =
          requireNonNull(progress.get(run.ended())) - requireNonNull(progress.get(run.spoke()));
      of(run).output.measured(at(run.spoke()), run.counts().outputTokens(), alone);
    }
  }

  private Measured of(PastRun run) {
    return measured.computeIfAbsent(
        new Pair(run.backend(), run.model()), missing -> new Measured(span));
  }

  private double at(long millis) {
    return millis / 1e3 - begin;
  }
}
