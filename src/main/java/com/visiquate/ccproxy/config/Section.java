package com.visiquate.ccproxy.config;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Keys and values at one path. A key exists because somebody asks for it: what is written but was
 * never asked for is unknown.
 */
final class Section {
  private final Reading reading;
  private final String path;
  private final Place place;
  private final Map<String, Item> written;
  private final Set<String> asked = new LinkedHashSet<>();

  private Section(Reading reading, String path, Place place, Map<String, Item> written) {
    this.reading = reading;
    this.path = path;
    this.place = place;
    this.written = written;
  }

  static Section of(Reading reading, String path, MappingNode node) {
    Map<String, Item> written = new LinkedHashMap<>();
    node.getValue()
        .forEach(
            entry -> {
              if (entry.getKeyNode() instanceof ScalarNode key) {
                String at = join(path, key.getValue());
                Item item = new Item(reading, at, entry.getValueNode(), reading.place(key));
                // The first wins; the second has been reported as a duplicate.
                written.putIfAbsent(key.getValue(), item);
              }
            });
    return new Section(reading, path, reading.place(node), written);
  }

  static Section nothing(Reading reading, String path, Place place) {
    return new Section(reading, path, place, Map.of());
  }

  String path() {
    return path;
  }

  Place place() {
    return place;
  }

  Reading reading() {
    return reading;
  }

  /** A setting, or its default when it is not written or wrong. */
  <T> T value(String key, Kind<T> kind, T otherwise) {
    return optional(key, kind, kind.print().apply(otherwise)).orElse(otherwise);
  }

  /** A setting that must be written; empty after its problem has been noted. */
  <T> Optional<T> required(String key, Kind<T> kind) {
    int before = reading.problemCount();
    Optional<T> value = optional(key, kind, "");
    if (value.isEmpty() && reading.problemCount() == before) {
      reading.problem(Problem.expected(place, join(path, key), "missing", kind.expectation()));
    }
    return value;
  }

  /** A setting without a fixed default. */
  <T> Optional<T> optional(String key, Kind<T> kind, String shownDefault) {
    String at = ask(key, shownDefault);
    Optional<Written> found =
        reading.override(at).or(() -> entry(key).flatMap(item -> item.written()));
    return found.flatMap(value -> value.as(kind));
  }

  /** A section within this one; an empty one when it is not written. */
  Section section(String key) {
    String at = ask(key, "");
    return entry(key).flatMap(Item::section).orElseGet(() -> nothing(reading, at, place));
  }

  /** The elements of a list; none when it is not written. */
  List<Item> list(String key) {
    ask(key, "");
    return entry(key).map(Item::elements).orElse(List.of());
  }

  /** The entries of a section whose keys are the operator's own, in their order. */
  Map<String, Item> entries(String key) {
    return section(key).written;
  }

  /** What is written for a key, if anything is. */
  Optional<Item> entry(String key) {
    return Optional.ofNullable(written.get(key)).filter(item -> !item.isEmpty());
  }

  /** Reports what is written but was never asked for. */
  void end() {
    written.forEach(
        (key, item) -> {
          if (!asked.contains(key)) {
            unknown(key, item.named());
          }
        });
  }

  private void unknown(String key, Place at) {
    String suggestion = Words.nearest(key, asked);
    reading.problem(Problem.suggesting(at, path, "unknown key \"" + key + "\"", suggestion));
  }

  private String ask(String key, String shownDefault) {
    asked.add(key);
    String at = join(path, key);
    reading.asked(at, shownDefault);
    return at;
  }

  private static String join(String path, String key) {
    String name = key.matches("[A-Za-z0-9_*/:-]+") ? key : '"' + key + '"';
    return path.isEmpty() ? name : path + "." + name;
  }
}
