package com.visiquate.ccproxy.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Settings that may be secret: they stand in a variable or in a file of their own. */
final class Secrets {
  private static final String VARIABLE = "env:";
  private static final String FILE = "file:";
  private static final String PLACES = "env:NAME, file:PATH or ${NAME}";

  private Secrets() {}

  /** One that must not stand in the configuration itself; empty when none is written. */
  static Optional<String> required(Section section, String key) {
    Optional<String> text = section.optional(key, Kind.TEXT, "").filter(value -> !value.isEmpty());
    if (text.isPresent() && isPlain(section, key, text.get())) {
      // What is written there is not shown: it may be right.
      problem(section, key, "a plain text", PLACES);
      return Optional.empty();
    }
    return text.flatMap(value -> found(section, key, value));
  }

  /** One that may also stand there as it is. */
  static Optional<String> orPlain(Section section, String key) {
    return section
        .optional(key, Kind.TEXT, "")
        .filter(value -> !value.isEmpty())
        .flatMap(value -> found(section, key, value));
  }

  static void problem(Section section, String key, String value, String expectation) {
    Place place = section.entry(key).map(Item::place).orElse(section.place());
    String path = section.path() + "." + key;
    section.reading().problem(Problem.expected(place, path, value, expectation));
  }

  private static boolean isPlain(Section section, String key, String text) {
    if (text.startsWith(VARIABLE) || text.startsWith(FILE)) {
      return false;
    }
    boolean isReplaced = section.reading().override(section.path() + "." + key).isPresent();
    return !isReplaced
        && section
            .entry(key)
            .flatMap(Item::written)
            .filter(written -> written.raw().contains("${"))
            .isEmpty();
  }

  private static Optional<String> found(Section section, String key, String text) {
    if (!text.startsWith(VARIABLE) && !text.startsWith(FILE)) {
      return Optional.of(text);
    }
    Optional<String> secret =
        text.startsWith(FILE)
            ? file(text.substring(FILE.length()))
            : section.reading().environment().value(text.substring(VARIABLE.length()));
    Optional<String> usable = secret.map(String::strip).filter(value -> !value.isEmpty());
    if (usable.isEmpty()) {
      problem(section, key, text, "a variable or a file that is there and holds it");
    }
    return usable;
  }

  private static Optional<String> file(String path) {
    try {
      return Optional.of(Files.readString(Path.of(path)));
    } catch (IOException | InvalidPathException unreadable) {
      return Optional.empty();
    }
  }
}
