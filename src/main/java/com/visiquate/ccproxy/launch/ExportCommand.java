package com.visiquate.ccproxy.launch;

import com.visiquate.ccproxy.capture.Export;
import com.visiquate.ccproxy.config.ConfigFile;
import com.visiquate.ccproxy.config.Loaded.Valid;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Prints the conversations that were kept, as a file for training. */
@Command(
    name = "export",
    description = "Print captured conversations in OpenAI's form for fine-tuning.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = "  ccproxy export --alias coding --since 30d --ended completed > train.jsonl")
final class ExportCommand implements Callable<Integer> {
  @Option(names = "--alias", paramLabel = "NAME", description = "Only what came by this name.")
  @Nullable String alias;

  @Option(names = "--key", paramLabel = "NAME", description = "Only what came in with this key.")
  @Nullable String key;

  @Option(names = "--model", paramLabel = "NAME", description = "Only what this model answered.")
  @Nullable String model;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "From then on: 30d, 12h, 2026-11-30 or 2026-11-30T10:00:00Z. Default: all.")
  @Nullable String since;

  @Option(
      names = "--ended",
      description = "completed, length (cut at a limit) or all. Default: completed.")
  String ended = "completed";

  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      description = "Where the captures are. Default: capture.folder of the configuration.")
  @Nullable Path folder;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The configuration that says where. Default: conf/ccproxy.yaml.")
  @Nullable Path config;

  @Spec @Nullable CommandSpec spec;

  private final Surroundings surroundings;

  ExportCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    if (!ended.matches("completed|length|all")) {
      throw wrong("--ended: %s (expected: completed, length or all)".formatted(ended));
    }
    Instant from = since == null ? Instant.MIN : moment(since, Instant.now());
    Path place = surroundings.folder().resolve(folder == null ? configured() : folder);
    if (!Files.isDirectory(place)) {
      throw wrong("there is no folder %s: name another with --folder".formatted(place));
    }
    return print(place, new Export.Wanted(alias, key, model, from, ended));
  }

  private int print(Path place, Export.Wanted wanted) {
    try {
      Export export = Export.of(place, wanted);
      PrintWriter out = line().getOut();
      export.lines().forEach(one -> out.print(one + "\n"));
      out.flush();
      PrintWriter err = line().getErr();
      err.printf("ccproxy: %d conversations%n", export.lines().size());
      export.left().forEach((why, count) -> err.printf("ccproxy: %d left out: %s%n", count, why));
      return ExitCode.OK;
    } catch (IOException unreadable) {
      line().getErr().printf("ccproxy: %s%n", unreadable);
      return ExitCode.COULD_NOT_START;
    }
  }

  /** A moment, or so long before now. */
  private Instant moment(String text, Instant now) {
    try {
      if (text.matches("[0-9]{1,5}[dh]")) {
        long many = Long.parseLong(text.substring(0, text.length() - 1));
        return now.minus(text.endsWith("d") ? Duration.ofDays(many) : Duration.ofHours(many));
      }
      return text.length() > "2026-11-30".length()
          ? Instant.parse(text)
          : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeParseException noMoment) {
      throw wrong("--since: %s (expected: such as 30d, 12h or 2026-11-30)".formatted(text));
    }
  }

  private Path configured() {
    Path file = surroundings.folder().resolve(config == null ? CommandLineLaunch.USUAL : config);
    ConfigFile written = new ConfigFile(file, surroundings.environment());
    String place =
        Files.exists(file) && written.read() instanceof Valid valid
            ? valid.settings().capture().folder()
            : "";
    if (place.isEmpty()) {
      throw wrong("no configuration says where captures are: name their folder with --folder");
    }
    return Path.of(place);
  }

  private ParameterException wrong(String message) {
    return new ParameterException(line(), message);
  }

  private CommandLine line() {
    if (spec == null) {
      throw new IllegalStateException("picocli calls this command");
    }
    return spec.commandLine();
  }
}
