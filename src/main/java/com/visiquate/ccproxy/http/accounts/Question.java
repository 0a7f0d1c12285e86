package com.visiquate.ccproxy.http.accounts;

import com.visiquate.ccproxy.chat.Failure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The parameters of a query: those that a path knows, and filters, which are all others. */
final class Question {
  private final Map<String, String> parameters;

  private Question(Map<String, String> parameters) {
    this.parameters = parameters;
  }

  /**
   * One as it was sent; of a parameter that comes several times the last counts.
   *
   * @param read gives the last value of a name
   */
  static Question of(Set<String> names, UnaryOperator<String> read) {
    Map<String, String> parameters = new LinkedHashMap<>();
    names.forEach(name -> parameters.put(name, read.apply(name)));
    return new Question(parameters);
  }

  /** A known parameter; empty when it was not sent. */
  String text(String name) {
    String value = parameters.get(name);
    return value == null ? "" : value.strip();
  }

  /** The same, or what stands for it. */
  String text(String name, String otherwise) {
    String value = text(name);
    return value.isEmpty() ? otherwise : value;
  }

  /** A whole number within bounds; what it says when it was not sent; null when it is none. */
  @Nullable Integer number(String name, int otherwise, int most) {
    String value = text(name);
    if (value.isEmpty()) {
      return otherwise;
    }
    boolean fits = value.matches("[0-9]{1,9}") && Integer.parseInt(value) <= most;
    return fits ? Integer.valueOf(value) : null;
  }

  /** All but these. */
  Map<String, String> filters(List<String> known) {
    Map<String, String> filters = new LinkedHashMap<>(parameters);
    filters.keySet().removeAll(known);
    return filters;
  }

  static Failure notNumber(String name, int most) {
    return Failure.invalid(
        "%s must be a whole number from 0 to %d.".formatted(name, most), name, "invalid_value");
  }
}
