package com.visiquate.ccproxy.load.swarm;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * How the benchmark is run.
 *
 * @param most agents of each kind
 * @param scale instead of each strategy's own; empty for that
 * @param folder for configurations, logs and the figures of each strategy
 */
record Options(
    List<Strategy> strategies,
    long seed,
    int most,
    OptionalDouble scale,
    Path jar,
    Path folder,
    Path results) {
  static final String USAGE =
      """
      usage: agents.sh [option …]
        --strategies a,b  some of least-busy, least-requests, shuffle, round-robin, nodes, nginx, haproxy
                          (default all); the report also shows what others were measured before
        --seed n          another swarm (default 1)
        --scale n         how many times faster than real (default 30 for least-busy, 200 otherwise)
        --quick           12 agents, kept out of results/: to see that everything works
        --jar path        the gateway under test (default ../target/ccproxy.jar)\
      """;

  private static final int QUICK = 6;

  static Options of(String[] arguments) {
    List<String> given = Stream.of(arguments).filter(argument -> !argument.isBlank()).toList();
    boolean quick = given.contains("--quick");
    String scale = value(given, "--scale", "");
    Path folder = Path.of("target", quick ? "agents-quick" : "agents");
    return new Options(
        strategies(value(given, "--strategies", "")),
        Long.parseLong(value(given, "--seed", "1")),
        quick ? QUICK : Integer.MAX_VALUE,
        scale.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(scale)),
        Path.of(value(given, "--jar", "../target/ccproxy.jar")),
        folder,
        quick ? folder : Path.of("results"));
  }

  private static List<Strategy> strategies(String labels) {
    return labels.isEmpty()
        ? List.of(Strategy.values())
        : Stream.of(labels.split(",")).map(Strategy::of).toList();
  }

  /** What follows this name. */
  static String value(List<String> given, String name, String otherwise) {
    int at = given.indexOf(name);
    return at >= 0 && at + 1 < given.size() ? given.get(at + 1) : otherwise;
  }
}
