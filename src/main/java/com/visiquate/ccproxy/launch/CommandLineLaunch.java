package com.visiquate.ccproxy.launch;

import com.visiquate.ccproxy.config.Config;
import com.visiquate.ccproxy.config.ConfigFile;
import com.visiquate.ccproxy.config.Loaded;
import com.visiquate.ccproxy.config.Loaded.Invalid;
import com.visiquate.ccproxy.config.Loaded.Valid;
import com.visiquate.ccproxy.config.Problem;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command: reads its options and the configuration, then checks or starts. */
@Command(
    name = "ccproxy",
    description = "A gateway that lets a swarm of coding agents share a few local Ollama servers.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "  0:it has run, or the configuration is valid",
      "  1:the configuration is not valid",
      "  2:wrong usage of the command line",
      "  3:it could not start, for example because the port is taken",
      "130:ended by Ctrl-C (SIGINT)",
      "143:ended by SIGTERM"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ccproxy --demo                        try it: no Ollama, no file needed",
      "  ccproxy --demo --nodes 3              three nodes that act as one",
      "  ccproxy --config my.yaml --check      tell what is wrong with a file",
      "  ccproxy --config my.yaml --port 9000  run",
      "  ccproxy --config litellm.yaml --print-config > my.yaml",
      "  ccproxy usage --by client --since 7d  what was used (ccproxy usage --help)",
      "  ccproxy top                           who runs and who waits, live",
      "  ccproxy status                        one page, with exit codes for monitors",
      "  ccproxy replay --with routing.patience=0.03  what would have been with it"
    })
public final class CommandLineLaunch implements Callable<Integer> {
  static final Path USUAL = Path.of("conf", "ccproxy.yaml");
  private static final int HIGHEST_PORT = 65_535;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "The configuration, ccproxy's or LiteLLM's."
              + " Default: conf/ccproxy.yaml in the working folder.")
  @Nullable Path config;

  @Option(names = "--check", description = "Tell every problem of the configuration, and end.")
  boolean check;

  @Option(
      names = "--print-config",
      description = "Print the configuration as ccproxy's own YAML, also that of a LiteLLM file.")
  boolean print;

  @Option(names = "--demo", description = "Run with three simulated Ollamas and no file.")
  boolean demo;

  @Option(
      names = "--nodes",
      paramLabel = "NUMBER",
      description = "With --demo: so many nodes that act as one, 2 to 9, each a process.")
  @Nullable Integer nodes;

  @Option(names = "--port", paramLabel = "PORT", description = "Instead of server.port.")
  @Nullable Integer port;

  @Option(names = "--host", paramLabel = "HOST", description = "Instead of server.host.")
  @Nullable String host;

  @Spec @Nullable CommandSpec spec;

  private final Surroundings surroundings;

  CommandLineLaunch(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** The command line, ready to be executed. */
  public static CommandLine of(Surroundings surroundings) {
    CommandLine line = new CommandLine(new CommandLineLaunch(surroundings));
    line.addSubcommand(new UsageCommand(surroundings));
    line.addSubcommand(new TopCommand(surroundings));
    line.addSubcommand(new StatusCommand(surroundings));
    line.addSubcommand(new ReplayCommand(surroundings));
    line.addSubcommand(new ExportCommand(surroundings));
    line.setParameterExceptionHandler(
        (wrong, arguments) -> {
          line.getErr().println("ccproxy: " + wrong.getMessage());
          line.getErr().println("ccproxy --help tells more.");
          return ExitCode.WRONG_USAGE;
        });
    return line;
  }

  @Override
  public Integer call() {
    refuseContradictions();
    return demo ? callDemo() : callFile();
  }

  private int callDemo() {
    if (nodes != null) {
      PrintWriter out = spec().commandLine().getOut();
      return DemoNodes.run(nodes, surroundings, out, spec().commandLine().getErr());
    }
    Map<String, String> environment = environment();
    Loaded loaded = Config.demo(environment);
    return loaded instanceof Valid valid && !check && !print
        ? StartUp.withDemo(surroundings, environment, valid, spec().commandLine().getOut()::println)
        : answer(loaded);
  }

  private int callFile() {
    ConfigFile file = new ConfigFile(file(), environment());
    Loaded loaded = file.read();
    return loaded instanceof Valid valid && !check && !print
        ? StartUp.withFile(surroundings, file, valid)
        : answer(loaded);
  }

  private void refuseContradictions() {
    if (demo && config != null) {
      throw wrong("--demo needs no --config: choose one of them");
    }
    if (nodes != null && (!demo || nodes < 2 || nodes > DemoNodes.MOST)) {
      throw wrong("--nodes: %d (expected: 2 to %d, with --demo)".formatted(nodes, DemoNodes.MOST));
    }
    if (port != null && (port < 0 || port > HIGHEST_PORT)) {
      throw wrong("--port: %d (expected: 0 to %d)".formatted(port, HIGHEST_PORT));
    }
  }

  /** A flag is the same as the variable that overrides its setting; also at every reload. */
  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(surroundings.environment());
    if (port != null) {
      environment.put("CCPROXY_SERVER_PORT", port.toString());
    }
    if (host != null) {
      environment.put("CCPROXY_SERVER_HOST", host);
    }
    return environment;
  }

  private Path file() {
    if (config != null) {
      return surroundings.folder().resolve(config);
    }
    Path usual = surroundings.folder().resolve(USUAL);
    if (!Files.exists(usual)) {
      throw wrong(
          "there is no conf/ccproxy.yaml here: name a file with --config FILE, or try --demo");
    }
    return usual;
  }

  private int answer(Loaded loaded) {
    return switch (loaded) {
      case Valid valid -> {
        print(spec().commandLine().getErr(), valid.warnings());
        told(valid).forEach(spec().commandLine().getOut()::println);
        yield ExitCode.OK;
      }
      case Invalid invalid -> {
        print(spec().commandLine().getErr(), invalid.problems());
        yield ExitCode.INVALID_CONFIGURATION;
      }
    };
  }

  private List<String> told(Valid valid) {
    if (print) {
      return valid.origin().yaml().lines().toList();
    }
    String fleet = "configuration is valid: " + Summary.fleet(valid.settings().plan());
    return Stream.concat(valid.origin().findings().stream(), Stream.of(fleet)).toList();
  }

  private static void print(PrintWriter writer, List<Problem> problems) {
    problems.forEach(writer::println);
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec().commandLine(), message);
  }

  private CommandSpec spec() {
    if (spec == null) {
      throw new IllegalStateException("picocli calls this command");
    }
    return spec;
  }
}
