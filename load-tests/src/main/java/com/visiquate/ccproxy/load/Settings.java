package com.visiquate.ccproxy.load;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * How the benchmark is run.
 *
 * @param time of each run of a load
 * @param warmUp of ccproxy, before anything is measured
 * @param jar of ccproxy
 * @param javaOptions for ccproxy's JVM, beyond those of every benchmark
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
    List<String> javaOptions,
    Path folder,
    Path results) {
  static final String USAGE =
      """
      usage: overhead.sh [--first] [option …]
        --first      ahead of whatever else this machine does (root only; must be the first one)
        --quick      one short round, kept out of results/: to see that everything works
        --rounds n   how often every path meets every load (default 3; medians are quoted)
        --seconds n  how long it does each time (default 5)
        --jar path   the gateway under test (default ../target/ccproxy.jar)
        --java a,b   more options for its JVM, for example --java -XX:+UseZGC,-Xms512m\
      """;

  static Settings of(String[] arguments) {
    List<String> given = Stream.of(arguments).filter(argument -> !argument.isBlank()).toList();
    boolean quick = given.contains("--quick");
    Duration time =
        Duration.ofSeconds(Integer.parseInt(value(given, "--seconds", quick ? "2" : "5")));
    return new Settings(
        Integer.parseInt(value(given, "--rounds", quick ? "1" : "3")),
        time,
        Duration.ofSeconds(quick ? 10 : 90),
        quick ? 1 : 5,
        Program.find("nginx"),
        Path.of(value(given, "--jar", "../target/ccproxy.jar")),
        Stream.of(value(given, "--java", "").split(","))
            .filter(option -> !option.isEmpty())
            .toList(),
        Path.of("target", "overhead"),
        quick ? Path.of("target", "overhead") : Path.of("results"));
  }

  private static String value(List<String> given, String name, String otherwise) {
    int at = given.indexOf(name);
    return at >= 0 && at + 1 < given.size() ? given.get(at + 1) : otherwise;
  }
}
