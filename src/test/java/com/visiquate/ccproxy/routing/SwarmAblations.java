package com.visiquate.ccproxy.routing;

import java.util.List;
import java.util.stream.LongStream;

/** Prints what each part of the schedule is worth; run it by hand. */
final class SwarmAblations {
  private SwarmAblations() {}

  public static void main(String[] arguments) {
    String wanted = arguments.length > 0 ? arguments[0] : "";
    SwarmScenario.all().stream()
        .filter(one -> one.name().contains(wanted))
        .forEach(SwarmAblations::show);
  }

  private static void show(SwarmScenario scenario) {
    long begun = System.nanoTime();
    SwarmResult mean = mean(scenario.setting());
    long took = (System.nanoTime() - begun) / 1_000_000;
    System.out.println(mean.row(scenario.name()) + " " + took + " ms");
  }

  static SwarmResult mean(SwarmSetting setting) {
    List<SwarmResult> results =
        LongStream.rangeClosed(1, 3).mapToObj(seed -> Swarm.run(setting, seed)).toList();
    return SwarmResult.mean(results);
  }
}
