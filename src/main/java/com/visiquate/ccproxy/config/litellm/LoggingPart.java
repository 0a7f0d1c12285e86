package com.visiquate.ccproxy.config.litellm;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** {@code logging}, which LiteLLM itself ignores, and what its own settings say of logs. */
final class LoggingPart {
  private static final Map<String, String> LEVELS =
      Map.of(
          "DEBUG", "DEBUG",
          "INFO", "INFO",
          "WARN", "WARN",
          "WARNING", "WARN",
          "ERROR", "ERROR",
          "CRITICAL", "ERROR");
  private final Block file;
  private final Draft draft;
  private final Predicate<Path> folders;

  LoggingPart(Block file, Draft draft, Predicate<Path> folders) {
    this.file = file;
    this.draft = draft;
    this.folders = folders;
  }

  void translate() {
    Block logging = file.block("logging");
    Block own = file.block("litellm_settings");
    logging.entry("log_level").ifPresent(this::level);
    own.entry("set_verbose").ifPresent(this::verbose);
    own.entry("json_logs").ifPresent(this::format);
    logging.entry("log_file").ifPresent(this::file);
    logging.entry("request_log").ifPresent(this::access);
  }

  private void level(Entry entry) {
    Optional<String> level =
        entry.used("logging.level").value().map(value -> value.text().toUpperCase(Locale.ROOT));
    level.ifPresent(
        word -> {
          if (!LEVELS.containsKey(word)) {
            entry.wrong("DEBUG, INFO, WARNING, ERROR or CRITICAL");
          }
          section().plain("level", LEVELS.getOrDefault(word, word), entry.mark());
        });
  }

  private void verbose(Entry entry) {
    boolean isOn = entry.flag().orElse(false);
    if (!isOn) {
      entry.withoutEffect("it is the default");
    } else if (section().has("level")) {
      entry.withoutEffect("logging.log_level goes before it");
    } else {
      section().plain("level", "DEBUG", entry.used("logging.level: DEBUG").mark());
    }
  }

  private void format(Entry entry) {
    entry
        .used("logging.format")
        .flag()
        .ifPresent(json -> section().plain("format", json ? "json" : "text", entry.mark()));
  }

  /** What LiteLLM never wrote must not keep ccproxy from starting. */
  private void file(Entry entry) {
    Optional<Value> file = entry.value().filter(value -> !value.text().isBlank());
    if (file.isEmpty()) {
      return;
    }
    Path folder = folder(file.get().text());
    if (folder != null && folders.test(folder)) {
      entry.used("logging.file");
      section().text("file", file.get().reference(), entry.mark());
    } else {
      entry.withoutEffect("there is no folder " + folder + "; the log goes to stdout");
    }
  }

  private static @Nullable Path folder(String file) {
    try {
      return Path.of(file).toAbsolutePath().getParent();
    } catch (InvalidPathException none) {
      return null;
    }
  }

  private void access(Entry entry) {
    entry
        .used("logging.access")
        .flag()
        .ifPresent(on -> section().plain("access", on.toString(), entry.mark()));
  }

  private Draft section() {
    return draft.section("logging", file.mark());
  }
}
