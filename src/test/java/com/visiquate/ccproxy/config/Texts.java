package com.visiquate.ccproxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.config.Loaded.Invalid;
import com.visiquate.ccproxy.config.Loaded.Valid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Configurations for tests, and what reading them gives. */
public final class Texts {
  static final Path SHIPPED = Path.of("conf/ccproxy.yaml");

  private Texts() {}

  /** Two lines: a backend "fast" and a model "m". */
  public static String minimal() {
    return with("models: [{name: m, ollama: m, context: 4096, backends: [fast]}]\n");
  }

  /** One line with the backend "fast", and more. */
  static String with(String more) {
    return "backends: [{id: fast, url: \"http://127.0.0.1:11434\"}]\n" + more;
  }

  static String smallest() {
    return read(Path.of("src/test/resources/com/visiquate/ccproxy/config/smallest.yaml"));
  }

  static String shipped() {
    return read(SHIPPED);
  }

  static Settings valid(String text) {
    return switch (parse(text, Map.of())) {
      case Valid valid -> valid.settings();
      case Invalid invalid -> throw new AssertionError(invalid.problems());
    };
  }

  static List<String> problems(String text) {
    return problems(text, Map.of());
  }

  static List<String> problems(String text, Map<String, String> environment) {
    return switch (parse(text, environment)) {
      case Valid valid -> List.of();
      case Invalid invalid -> invalid.problems().stream().map(Problem::toString).toList();
    };
  }

  static List<String> warnings(String text, Map<String, String> environment) {
    Loaded loaded = parse(text, environment);
    assertThat(loaded).isInstanceOf(Valid.class);
    return ((Valid) loaded).warnings().stream().map(Problem::toString).toList();
  }

  static Loaded parse(String text, Map<String, String> environment) {
    return Config.parse("c.yaml", text, environment);
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
