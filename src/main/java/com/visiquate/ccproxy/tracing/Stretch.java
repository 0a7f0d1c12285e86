package com.visiquate.ccproxy.tracing;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A named stretch of time, with what happened within it.
 *
 * @param attributes texts, whole numbers and lists of texts, by OpenTelemetry's names
 * @param failed whether that is an error of ours or of the Ollama's
 */
record Stretch(
    String name,
    Kind kind,
    Instant begun,
    Instant ended,
    Map<String, Object> attributes,
    boolean failed,
    List<Stretch> children) {
  /** On which side of a call it is. */
  enum Kind {
    SERVER,
    CLIENT,
    INTERNAL
  }

  Stretch {
    attributes = Map.copyOf(attributes);
    children = List.copyOf(children);
  }

  /** One in which nothing is told but its time. */
  static Stretch plain(String name, Instant begun, Instant ended) {
    return new Stretch(name, Kind.INTERNAL, begun, ended, Map.of(), false, List.of());
  }
}
