package com.visiquate.ccproxy.load.swarm;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.visiquate.ccproxy.load.Machine;
import com.visiquate.ccproxy.load.Parent;
import com.visiquate.ccproxy.load.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Sends the same swarm through each strategy and sets the results side by side. */
final class Swarm {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Options options;

  private Swarm(Options options) {
    this.options = options;
  }

  public static void main(String[] arguments) throws InterruptedException {
    if (List.of(arguments).contains("--help")) {
      System.out.println(Options.USAGE);
      return;
    }
    Parent.endWithIt();
    try {
      new Swarm(Options.of(arguments)).run();
    } catch (IOException | IllegalStateException | IllegalArgumentException failed) {
      System.err.println("agents: " + failed.getMessage());
      System.exit(1);
    }
    System.exit(0);
  }

  private void run() throws IOException, InterruptedException {
    if (!Files.isRegularFile(options.jar())) {
      throw new IllegalStateException(
          "there is no " + options.jar() + ": build it with `mvn package`");
    }
    Files.createDirectories(options.results());
    for (Strategy strategy : options.strategies()) {
      Experiment.Result result = new Experiment(options, strategy).run();
      JSON.writeValue(saved(strategy).toFile(), result.figures());
      Files.writeString(file(picture(strategy)), result.picture());
    }
    write();
  }

  /** With what earlier runs have measured of the same swarm. */
  private void write() throws IOException {
    List<Figures> all = new ArrayList<>();
    for (Strategy strategy : Strategy.values()) {
      if (Files.exists(saved(strategy))) {
        all.add(JSON.readValue(saved(strategy).toFile(), Figures.class));
      }
    }
    String text = new SwarmReport(all, this::pictureOf).text();
    System.out.println("\n" + text);
    Path file = file("swarm.md");
    Files.writeString(file, "# A swarm at work\n\n" + surroundings() + "\n" + text);
    System.out.println("Written to " + file);
  }

  private String surroundings() throws IOException {
    return """
    - `load-tests/agents.sh`, seed %d; times are seconds of the swarm, not of the machine
    - %d cores of %s, Linux %s, JDK %s
    - %s; %s
    """
        .formatted(
            options.seed(),
            Runtime.getRuntime().availableProcessors(),
            Machine.processor(),
            System.getProperty("os.version"),
            System.getProperty("java.version"),
            Machine.version(Program.find("nginx")).replace("nginx version: ", ""),
            Machine.version(Program.find("haproxy")).replaceAll(" version| \\d{4}/.*", ""));
  }

  private Path saved(Strategy strategy) {
    return options.folder().resolve(strategy.label() + "-" + options.seed() + ".json");
  }

  private static String picture(Strategy strategy) {
    return "swarm-" + strategy.label() + ".svg";
  }

  /** Beside the report. */
  private String pictureOf(Strategy strategy) {
    return file(picture(strategy)).getFileName().toString();
  }

  private Path file(String name) {
    return options.results().resolve(LocalDate.now() + "-" + name);
  }
}
