package com.visiquate.ccproxy.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A model's {@code options}: passed to Ollama with the types that YAML gives them. */
final class OptionReader {
  private OptionReader() {}

  static Map<String, Object> read(Map<String, Item> entries) {
    Map<String, Object> options = new TreeMap<>();
    entries.forEach((name, item) -> value(name, item).ifPresent(value -> options.put(name, value)));
    return options;
  }

  private static Optional<Object> value(String name, Item item) {
    if (name.equals("num_ctx")) {
      return refused(item, "no num_ctx here: the model's context says it");
    }
    if (name.equals("think")) {
      return think(item);
    }
    return switch (item.node()) {
      case ScalarNode scalar when !item.isEmpty() -> single(item, scalar.getTag());
      case SequenceNode list -> Optional.of(texts(item));
      default -> refused(item, "a number, true or false, a text or a list of texts");
    };
  }

  /** Ollama reads it beside the options: it counts for requests that say nothing of thinking. */
  private static Optional<Object> think(Item item) {
    return switch (item.node() instanceof ScalarNode scalar ? scalar.getValue() : "") {
      case "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      case "low", "medium", "high", "max" -> item.as(Kind.TEXT).map(Object.class::cast);
      default -> refused(item, "true, false, low, medium, high or max");
    };
  }

  private static Optional<Object> single(Item item, Tag tag) {
    if (tag.equals(Tag.INT)) {
      return item.as(WHOLE).map(Object.class::cast);
    }
    if (tag.equals(Tag.FLOAT)) {
      return item.as(Kind.decimal(any -> true, "a number")).map(Object.class::cast);
    }
    if (tag.equals(Tag.BOOL)) {
      return item.as(Kind.FLAG).map(Object.class::cast);
    }
    return item.as(Kind.TEXT).map(Object.class::cast);
  }

  private static final Kind<Integer> WHOLE = Kind.whole(Integer.MIN_VALUE, Integer.MAX_VALUE);

  private static List<String> texts(Item item) {
    return item.elements().stream().flatMap(text -> text.as(Kind.TEXT).stream()).toList();
  }

  private static Optional<Object> refused(Item item, String expectation) {
    String value = item.node() instanceof ScalarNode scalar ? scalar.getValue() : "a section";
    item.reading().problem(Problem.expected(item.place(), item.path(), value, expectation));
    return Optional.empty();
  }
}
