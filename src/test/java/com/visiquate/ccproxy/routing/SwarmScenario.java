package com.visiquate.ccproxy.routing;

import com.visiquate.ccproxy.fleet.Strategy;
import com.visiquate.ccproxy.routing.estimate.Rate;
import com.visiquate.ccproxy.routing.estimate.Tuning;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One row of the tables in docs/scheduling.md and docs/decisions/0006. */
record SwarmScenario(String name, SwarmSetting setting) {
  private static final SwarmSetting OLDER = SwarmSetting.OLDER;
  private static final Duration HOLD = Duration.ofSeconds(60);

  static List<SwarmScenario> all() {
    List<SwarmScenario> all = new ArrayList<>();
    comparisons(all);
    oneMachine(all);
    knobs(all, "older", OLDER);
    knobs(all, "newer", OLDER.newer());
    parts(all, "older", OLDER);
    parts(all, "newer", OLDER.newer());
    lies(all);
    return all;
  }

  private static void comparisons(List<SwarmScenario> all) {
    compare(all, "older, 125/s", OLDER);
    compare(all, "newer, 125/s", OLDER.newer());
    compare(all, "older, 800/s", OLDER.promptRate(800));
    compare(all, "newer, 800/s", OLDER.newer().promptRate(800));
    compare(all, "older, four slots each", OLDER.hardware(2, 2, 4));
    compare(all, "older, 8 agents, one machine, four slots", OLDER.hardware(1, 1, 4).agents(8));
    compare(all, "older, 10 % interactive", OLDER.interactive(0.1));
    compare(all, "older, nobody comes back", OLDER.leavingForGood());
    compare(all, "older, two models", OLDER.models(2));
  }

  /** How many instances and slots to run on one computer. */
  private static void oneMachine(List<SwarmScenario> all) {
    for (int count : List.of(1, 2, 4, 8)) {
      all.add(new SwarmScenario("older, one machine, %d x 1".formatted(count), on(count, 1)));
    }
    for (int slots : List.of(2, 4, 8)) {
      all.add(new SwarmScenario("older, one machine, 1 x %d".formatted(slots), on(1, slots)));
    }
    for (int slots : List.of(1, 2, 4)) {
      SwarmSetting setting = on(1, slots).newer();
      all.add(new SwarmScenario("newer, one machine, 1 x %d".formatted(slots), setting));
    }
  }

  private static SwarmSetting on(int ollamas, int slots) {
    return OLDER.hardware(1, ollamas, slots);
  }

  private static void knobs(List<SwarmScenario> all, String line, SwarmSetting setting) {
    for (double patience : List.of(0.0, 0.003, 0.01, 0.03, 0.1)) {
      SwarmSetting changed = setting.policy(Strategy.LEAST_BUSY, patience, HOLD);
      all.add(new SwarmScenario("%s, patience %s".formatted(line, patience), changed));
    }
    for (int seconds : List.of(0, 3, 10)) {
      SwarmSetting changed = setting.policy(Strategy.LEAST_BUSY, 0.01, Duration.ofSeconds(seconds));
      all.add(new SwarmScenario("%s, residency %d s".formatted(line, seconds), changed));
    }
  }

  private static void parts(List<SwarmScenario> all, String line, SwarmSetting setting) {
    Tuning tuned = Tuning.DEFAULT;
    part(
        all,
        line + ", no prefix memory",
        setting,
        new Tuning(false, true, true, 1, 1, tuned.fairness(), Rate.PRIOR));
    part(
        all,
        line + ", no learnt rates",
        setting,
        new Tuning(true, false, true, 1, 1, tuned.fairness(), Rate.PRIOR));
    part(
        all,
        line + ", no loss",
        setting,
        new Tuning(true, true, true, 0, 1, tuned.fairness(), Rate.PRIOR));
    part(all, line + ", no fairness", setting, new Tuning(true, true, true, 1, 1, 0, Rate.PRIOR));
    part(
        all,
        line + ", double fairness",
        setting,
        new Tuning(true, true, true, 1, 1, 2 * tuned.fairness(), Rate.PRIOR));
    SwarmSetting several = setting.hardware(2, 2, 4);
    part(all, line + ", four slots, all", several, tuned);
    part(
        all,
        line + ", four slots, no stall",
        several,
        new Tuning(true, true, true, 1, 0, tuned.fairness(), Rate.PRIOR));
  }

  /** Ollamas that do not do what their version says; see docs/decisions/0008. */
  private static void lies(List<SwarmScenario> all) {
    SwarmOllama newer = SwarmOllama.NEWER;
    SwarmSetting several = OLDER.hardware(2, 2, 4);
    SwarmSetting hasty = OLDER.policy(Strategy.LEAST_BUSY, 0.01, Duration.ofSeconds(3));
    SwarmOllama storing = SwarmOllama.OLDER.storing(newer.stored());
    lie(all, "newer, no store", OLDER.ollama(newer.storing(0)));
    lie(all, "newer, 40,000", OLDER.ollama(newer.storing(40_000)));
    lie(all, "newer, no store, four slots", several.ollama(newer.storing(0)));
    lie(all, "newer, 40,000, four slots", several.ollama(newer.storing(40_000)));
    lie(all, "older, a store, hold 3 s", hasty.ollama(storing));
    lie(all, "older, a store", OLDER.ollama(storing));
    lie(all, "newer, true", OLDER.newer());
  }

  private static void lie(List<SwarmScenario> all, String name, SwarmSetting setting) {
    Tuning trusting = new Tuning(true, true, false, 1, 1, Tuning.DEFAULT.fairness(), Rate.PRIOR);
    part(all, "lie: " + name + ", trusted", setting, trusting);
    part(all, "lie: " + name + ", corrected", setting, Tuning.DEFAULT);
  }

  private static void part(
      List<SwarmScenario> all, String name, SwarmSetting setting, Tuning tuning) {
    all.add(new SwarmScenario(name, setting.tuning(tuning)));
  }

  private static void compare(List<SwarmScenario> all, String name, SwarmSetting setting) {
    all.add(new SwarmScenario(name + ", arrival", setting.byArrival()));
    all.add(new SwarmScenario(name + ", least-busy", setting));
  }
}
