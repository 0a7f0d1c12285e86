package com.visiquate.ccproxy.config.litellm;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Keys and values at one path; what YAML merges in counts as written here. */
final class Block {
  private static final int DEEPEST = 10;
  private final Survey survey;
  private final String path;
  private final Mark mark;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  private Block(Survey survey, String path, Mark mark) {
    this.survey = survey;
    this.path = path;
    this.mark = mark;
  }

  static Block of(Entry entry) {
    return of(entry.survey(), entry.path(), entry.node());
  }

  static Block of(Survey survey, String path, Node node) {
    Block block = new Block(survey, path, node.getStartMark());
    block.take(node, DEEPEST);
    return block;
  }

  private void take(Node node, int depth) {
    if (depth == 0 || !(node instanceof MappingNode mapping)) {
      return;
    }
    mapping.getValue().stream()
        .filter(entry -> !isMerge(entry.getKeyNode()))
        .forEach(entry -> put(entry.getKeyNode(), entry.getValueNode()));
    mapping.getValue().stream()
        .filter(entry -> isMerge(entry.getKeyNode()))
        .flatMap(entry -> merged(entry.getValueNode()).stream())
        .forEach(other -> take(other, depth - 1));
  }

  private void put(Node key, Node value) {
    if (key instanceof ScalarNode name) {
      String at = path.isEmpty() ? name.getValue() : path + "." + name.getValue();
      entries.putIfAbsent(name.getValue(), new Entry(survey, at, name.getStartMark(), value));
    }
  }

  private static boolean isMerge(Node key) {
    return key.getTag().equals(Tag.MERGE);
  }

  private static List<Node> merged(Node node) {
    return node instanceof SequenceNode list ? list.getValue() : List.of(node);
  }

  Mark mark() {
    return mark;
  }

  String path() {
    return path;
  }

  Collection<Entry> entries() {
    return entries.values();
  }

  /** What is written for a key, if anything is. */
  Optional<Entry> entry(String key) {
    return Optional.ofNullable(entries.get(key)).filter(entry -> !entry.isEmpty());
  }

  /** What must be written for a key; empty after the problem has been noted. */
  Optional<Entry> required(String key) {
    Optional<Entry> entry = entry(key);
    if (entry.isEmpty()) {
      survey.missing(mark, path.isEmpty() ? key : path + "." + key);
    }
    return entry;
  }

  /** The block of a key; an empty one when it is not written. */
  Block block(String key) {
    Optional<Entry> entry = entry(key);
    entry
        .filter(written -> !(written.node() instanceof MappingNode))
        .ifPresent(written -> written.wrong("a section of keys and values"));
    return entry
        .map(written -> of(survey, written.path(), written.node()))
        .orElseGet(() -> new Block(survey, path + "." + key, mark));
  }

  /** The blocks of a list. */
  List<Block> blocks(String key) {
    List<Entry> elements = entry(key).map(Entry::elements).orElse(List.of());
    return elements.stream()
        .filter(Entry::isBlockOrWrong)
        .map(element -> of(survey, element.path(), element.node()))
        .toList();
  }

  /** The elements of a list that is written as such, blocks or not. */
  static List<Entry> elements(Entry entry, SequenceNode list) {
    List<Node> nodes = list.getValue();
    return IntStream.range(0, nodes.size()).mapToObj(i -> entry.element(i, nodes.get(i))).toList();
  }
}
