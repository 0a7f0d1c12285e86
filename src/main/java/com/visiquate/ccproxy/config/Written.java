package com.visiquate.ccproxy.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A single value as somebody wrote it.
 *
 * @param raw before variables are filled in; problems show this, so that no secret leaks
 */
record Written(Reading reading, Place place, String path, String raw) {
  private static final Pattern REFERENCE =
      Pattern.compile("\\$(\\$\\{|\\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?})");

  /** The value, or empty after its problem has been noted. */
  <T> Optional<T> as(Kind<T> kind) {
    Optional<String> text = filledIn();
    Optional<T> value = text.flatMap(kind.parse());
    if (text.isPresent() && value.isEmpty()) {
      reading.problem(Problem.expected(place, path, raw, kind.expectation()));
    }
    return value;
  }

  /**
   * With <code>${NAME}</code> and <code>${NAME:-default}</code> replaced; <code>$${</code> stays.
   */
  private Optional<String> filledIn() {
    Matcher reference = REFERENCE.matcher(raw);
    StringBuilder text = new StringBuilder();
    while (reference.find()) {
      Optional<String> value = value(reference);
      if (value.isEmpty()) {
        return value;
      }
      reference.appendReplacement(text, Matcher.quoteReplacement(value.get()));
    }
    return Optional.of(reference.appendTail(text).toString());
  }

  private Optional<String> value(Matcher reference) {
    String name = reference.group(2);
    if (name == null) {
      return Optional.of("${");
    }
    Optional<String> value =
        reading.environment().value(name).or(() -> Optional.ofNullable(reference.group(3)));
    if (value.isEmpty()) {
      String expectation = "the environment variable %s, or ${%s:-default}".formatted(name, name);
      reading.problem(Problem.expected(place, path, raw, expectation));
    }
    return value;
  }
}
