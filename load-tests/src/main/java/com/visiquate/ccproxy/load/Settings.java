package com.visiquate.ccproxy.load;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * How the benchmark is run.
 *
 * @param time of each run of a load
 * @param warmUp of ccproxy, before anything is measured
 * @param starts of each gateway, to see how soon it is ready
 * @param folder for generated configurations and logs
 */
record Settings(
    int rounds,
    Duration time,
    Duration warmUp,
    int starts,
    String nginx,
    Path jar,
    Path folder,
    Path results) {
  static final String USAGE =
      """
      usage: overhead.sh [--quick] [--rounds n] [--seconds n] [--jar path]
        --quick      one short round: to see that everything works, not to quote
        --rounds n   how often every path meets every load (default 3; medians are quoted)
        --seconds n  how long it does each time (default 5)
        --jar path   the gateway under test (default ../target/ccproxy.jar)\
      """;

  static Settings of(String[] arguments) {
    List<String> given = Stream.of(arguments).filter(argument -> !argument.isBlank()).toList();
    boolean quick = given.contains("--quick");
    Duration time =
        Duration.ofSeconds(Integer.parseInt(value(given, "--seconds", quick ? "2" : "5")));
    return new Settings(
        Integer.parseInt(value(given, "--rounds", quick ? "1" : "3")),
        time,
        Duration.ofSeconds(quick ? 10 : 60),
        quick ? 1 : 5,
        program("nginx"),
        Path.of(value(given, "--jar", "../target/ccproxy.jar")),
        Path.of("target", "overhead"),
        Path.of("results"));
  }

  private static String value(List<String> given, String name, String otherwise) {
    int at = given.indexOf(name);
    return at >= 0 && at + 1 < given.size() ? given.get(at + 1) : otherwise;
  }

  /** Distributions keep servers in folders that are not on everybody's path. */
  private static String program(String name) {
    return Stream.concat(
            Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin", "/usr/local/sbin"))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst()
        .map(Path::toString)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    name + " is missing: install it (Debian: apt install " + name + ")"));
  }
}
