package com.visiquate.ccproxy.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How the benchmark is run.
 *
 * @param time of each run of a load
 * @param warmUp of ccproxy, before anything is measured
 * @param jar of ccproxy
 * @param with more of ccproxy's configuration, such as stages that are off otherwise
 * @param javaOptions for ccproxy's JVM, beyond those of every benchmark
 * @param against the jar that it takes turns with, or {@code nginx}; empty for the whole benchmark
 * @param againstOptions for the JVM of that one
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
    Optional<Path> with,
    List<String> javaOptions,
    Optional<Path> against,
    List<String> againstOptions,
    Path folder,
    Path results) {
  static final String USAGE =
      """
      usage: overhead.sh [--first] [option …]
        --first      ahead of whatever else this machine does (root only; must be the first one)
        --quick      one short round, kept out of results/: to see that everything works
        --rounds n   how often every path meets every load (default 5; medians are quoted)
        --seconds n  how long it does each time (default 5)
        --jar path   the gateway under test (default ../target/ccproxy.jar)
        --with path  a file whose lines are added to its configuration, for example
                     all-stages.yaml; with --against only to that of the gateway under test
        --java a,b   more options for its JVM, for example --java -XX:+UseZGC,-Xms512m
        --against path|nginx
                            only the CPU of a whole answer, in turns with that jar or with nginx
                            (default 30 rounds of 1 s)
        --against-java a,b  more options for the JVM of that one\
      """;

  static Settings of(String[] arguments) {
    List<String> given = Stream.of(arguments).filter(argument -> !argument.isBlank()).toList();
    boolean quick = given.contains("--quick");
    Optional<Path> against = path(given, "--against");
    boolean pair = against.isPresent();
    String seconds = pair ? "1" : quick ? "2" : "5";
    String rounds = quick ? "1" : pair ? "30" : "5";
    Duration time = Duration.ofSeconds(Integer.parseInt(value(given, "--seconds", seconds)));
    return new Settings(
        Integer.parseInt(value(given, "--rounds", rounds)),
        time,
        Duration.ofSeconds(quick ? 10 : pair ? 90 : 180),
        quick ? 1 : 5,
        Program.find("nginx"),
        Path.of(value(given, "--jar", "../target/ccproxy.jar")),
        path(given, "--with"),
        options(given, "--java"),
        against,
        options(given, "--against-java"),
        Path.of("target", "overhead"),
        quick ? Path.of("target", "overhead") : Path.of("results"));
  }

  boolean againstNginx() {
    return against.equals(Optional.of(Path.of("nginx")));
  }

  /** The same, for the jar that it is compared with. */
  Settings before() {
    return new Settings(
        rounds,
        time,
        warmUp,
        starts,
        nginx,
        against.orElse(jar),
        Optional.empty(),
        againstOptions,
        Optional.empty(),
        List.of(),
        folder.resolve("before"),
        results);
  }

  /** The same for a gateway of this name, with these lines more in its configuration. */
  Settings of(String name, String more) throws IOException {
    Path its = folder.resolve(name);
    Files.createDirectories(its);
    Optional<Path> lines = Optional.of(Files.writeString(its.resolve("more.yaml"), more));
    return new Settings(
        rounds,
        time,
        warmUp,
        starts,
        nginx,
        jar,
        lines,
        javaOptions,
        against,
        againstOptions,
        its,
        results);
  }

  private static Optional<Path> path(List<String> given, String name) {
    return Optional.of(value(given, name, "")).filter(path -> !path.isEmpty()).map(Path::of);
  }

  private static List<String> options(List<String> given, String name) {
    return Stream.of(value(given, name, "").split(","))
        .filter(option -> !option.isEmpty())
        .toList();
  }

  private static String value(List<String> given, String name, String otherwise) {
    int at = given.indexOf(name);
    return at >= 0 && at + 1 < given.size() ? given.get(at + 1) : otherwise;
  }
}
