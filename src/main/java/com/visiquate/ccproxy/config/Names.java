package com.visiquate.ccproxy.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The names that one list of the file defines; each may come once. */
final class Names {
  private final Map<String, Place> defined = new LinkedHashMap<>();

  /** Remembers a name, or notes the problem when it is taken. */
  void define(String name, Section section, String key) {
    Place earlier = defined.putIfAbsent(name, section.place());
    if (earlier != null) {
      section
          .reading()
          .problem(
              Problem.expected(
                  section.place(),
                  section.path() + "." + key,
                  name,
                  "another name; line %d has this one".formatted(earlier.line())));
    }
  }

  boolean has(String name) {
    return defined.containsKey(name);
  }

  /** Notes the problem when nothing has that name. */
  boolean expect(String name, String what, Item item) {
    if (has(name)) {
      return true;
    }
    String value = "unknown %s \"%s\"".formatted(what, name);
    String nearest = Words.nearest(name, known());
    item.reading()
        .problem(
            nearest.isEmpty()
                ? Problem.expected(item.place(), item.path(), value, expectation())
                : Problem.suggesting(item.place(), item.path(), value, nearest));
    return false;
  }

  Set<String> known() {
    return defined.keySet();
  }

  private String expectation() {
    return defined.isEmpty() ? "" : Words.oneOf(known().stream().toList());
  }
}
