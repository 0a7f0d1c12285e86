package com.visiquate.ccproxy.routing;

import com.visiquate.ccproxy.fleet.Strategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One row of the tables in docs/scheduling.md and decision 0005. */
record SwarmScenario(String name, SwarmSetting setting) {
  static List<SwarmScenario> all() {
    List<SwarmScenario> all = new ArrayList<>();
    SwarmSetting older = SwarmSetting.OLDER;
    pair(all, "older, 125/s", older);
    pair(all, "newer, 125/s", older.newer());
    pair(all, "older, 800/s", older.promptRate(800));
    pair(all, "newer, 800/s", older.newer().promptRate(800));
    pair(all, "8 agents, 4 slots", older.hardware(1, 1, 4).agents(8));
    pair(all, "4 slots", older.hardware(2, 2, 4));
    pair(all, "10 % interactive", older.interactive(0.1));
    pair(all, "never back", older.leavingForGood());
    pair(all, "two models", older.models(2));
    for (double patience : List.of(0.0, 0.003, 0.03, 0.1)) {
      all.add(
          new SwarmScenario(
              "patience " + patience,
              older.policy(Strategy.LEAST_BUSY, patience, Duration.ofSeconds(60))));
    }
    all.add(new SwarmScenario("no hold", older.policy(Strategy.LEAST_BUSY, 0.01, Duration.ZERO)));
    all.add(new SwarmScenario("no memory", older.tuning(new Tuning(false, 1, 1, 0.1))));
    all.add(new SwarmScenario("no loss", older.tuning(new Tuning(true, 0, 1, 0.1))));
    all.add(new SwarmScenario("no fairness", older.tuning(new Tuning(true, 1, 1, 0))));
    SwarmSetting newer = older.newer();
    all.add(new SwarmScenario("N no hold", newer.policy(Strategy.LEAST_BUSY, 0.01, Duration.ZERO)));
    all.add(
        new SwarmScenario(
            "N patience 0", newer.policy(Strategy.LEAST_BUSY, 0, Duration.ofSeconds(60))));
    all.add(new SwarmScenario("N no loss", newer.tuning(new Tuning(true, 0, 1, 0.1))));
    all.add(new SwarmScenario("N half loss", newer.tuning(new Tuning(true, 0.5, 1, 0.1))));
    all.add(new SwarmScenario("N double loss", newer.tuning(new Tuning(true, 2, 1, 0.1))));
    all.add(new SwarmScenario("N fair 0", newer.tuning(new Tuning(true, 1, 1, 0))));
    return all;
  }

  private static void pair(List<SwarmScenario> all, String name, SwarmSetting setting) {
    all.add(new SwarmScenario(name + ", arrival", setting.byArrival()));
    all.add(new SwarmScenario(name + ", least-busy", setting));
  }
}
