package com.visiquate.ccproxy.config;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A node of the file with its path: a single value, a list or a section.
 *
 * @param named where its key stands, or itself when it has none
 */
record Item(Reading reading, String path, Node node, Place named) {
  Place place() {
    return reading.place(node);
  }

  /** Nothing is written after the key: the same as not writing the key. */
  boolean isEmpty() {
    return node.getTag().equals(Tag.NULL);
  }

  boolean isSection() {
    return node instanceof MappingNode;
  }

  boolean isList() {
    return node instanceof SequenceNode;
  }

  /** The single value that is written here. */
  Optional<Written> written() {
    if (node instanceof ScalarNode scalar) {
      return Optional.of(new Written(reading, place(), path, scalar.getValue()));
    }
    return refused("a single value");
  }

  <T> Optional<T> as(Kind<T> kind) {
    return written().flatMap(value -> value.as(kind));
  }

  /** The section that is written here. */
  Optional<Section> section() {
    return node instanceof MappingNode mapping
        ? Optional.of(Section.of(reading, path, mapping))
        : refused("a section of keys and values");
  }

  /** The elements of the list that is written here. */
  List<Item> elements() {
    if (!(node instanceof SequenceNode list)) {
      return this.<List<Item>>refused("a list").orElse(List.of());
    }
    List<Node> nodes = list.getValue();
    return IntStream.range(0, nodes.size()).mapToObj(i -> element(i, nodes.get(i))).toList();
  }

  private Item element(int index, Node element) {
    return new Item(reading, path + "[" + index + "]", element, reading.place(element));
  }

  private <T> Optional<T> refused(String expectation) {
    reading.problem(Problem.expected(place(), path, described(), expectation));
    return Optional.empty();
  }

  private String described() {
    return switch (node) {
      case MappingNode mapping -> "a section";
      case SequenceNode list -> "a list";
      case ScalarNode scalar when isEmpty() -> "nothing";
      case ScalarNode scalar -> scalar.getValue();
      default -> "something else";
    };
  }
}
