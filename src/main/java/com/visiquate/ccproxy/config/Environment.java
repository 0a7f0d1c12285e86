package com.visiquate.ccproxy.config;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The variables that may replace settings, and those that settings refer to. */
final class Environment {
  private static final String PREFIX = "CCPROXY_";
  private final Map<String, String> variables;
  private final Set<String> used = new HashSet<>();

  Environment(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
  }

  /** {@code backends[0].resident-models} is {@code CCPROXY_BACKENDS_0_RESIDENT_MODELS}. */
  static String variable(String path) {
    return PREFIX + path.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_");
  }

  /** All of them, for whoever reads the file of another program. */
  Map<String, String> variables() {
    return variables;
  }

  Optional<String> value(String variable) {
    used.add(variable);
    return Optional.ofNullable(variables.get(variable));
  }

  /** Warnings about variables that look as if they were meant for ccproxy but are not. */
  List<Problem> unknown(Set<String> known) {
    return variables.keySet().stream()
        .filter(name -> name.startsWith(PREFIX) && !used.contains(name))
        .sorted()
        .map(
            name ->
                Problem.suggesting(
                    Place.of("environment"),
                    "",
                    "unknown variable \"" + name + "\"",
                    Words.nearest(name, known)))
        .toList();
  }
}
