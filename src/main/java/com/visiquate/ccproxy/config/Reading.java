package com.visiquate.ccproxy.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;

/** One reading of one file: owns what it found wrong and which keys were asked for. */
final class Reading {
  private final String source;
  private final Environment environment;
  private final List<Problem> problems = new ArrayList<>();
  private final List<Problem> warnings = new ArrayList<>();
  private final Map<String, String> defaults = new LinkedHashMap<>();
  private final Set<String> overridable = new HashSet<>();

  Reading(String source, Map<String, String> variables) {
    this.source = source;
    this.environment = new Environment(variables);
  }

  Place place() {
    return Place.of(source);
  }

  Place place(Node node) {
    return place(node.getStartMark());
  }

  /** Marks count from 0, people from 1. */
  Place place(Mark mark) {
    return new Place(source, mark.getLine() + 1, mark.getColumn() + 1);
  }

  void problem(Problem problem) {
    problems.add(problem);
  }

  void warning(Problem warning) {
    warnings.add(warning);
  }

  boolean isWellSoFar() {
    return problems.isEmpty();
  }

  Environment environment() {
    return environment;
  }

  /** What a variable says instead of the file, if one does. */
  Optional<Written> override(String path) {
    String variable = Environment.variable(path);
    overridable.add(variable);
    return environment
        .value(variable)
        .map(text -> new Written(this, Place.of(variable), path, text));
  }

  /** Remembers that a key exists, and what it is when nobody writes it. */
  void asked(String path, String otherwise) {
    defaults.put(path.replaceAll("\\[\\d+]", "[]"), otherwise);
  }

  /** Every key that was asked for, with its default as it would be written. */
  Map<String, String> defaults() {
    return defaults;
  }

  int problemCount() {
    return problems.size();
  }

  Loaded end(Settings settings, Origin origin) {
    warnings.addAll(environment.unknown(overridable));
    return problems.isEmpty()
        ? new Loaded.Valid(settings, sorted(warnings), origin)
        : new Loaded.Invalid(sorted(problems));
  }

  Loaded.Invalid refused() {
    return new Loaded.Invalid(sorted(problems));
  }

  private static List<Problem> sorted(List<Problem> found) {
    Comparator<Problem> byPlace =
        Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column);
    return found.stream().distinct().sorted(byPlace).toList();
  }
}
