package com.visiquate.ccproxy.config.litellm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * A section of a native configuration while it is written. Its nodes carry the marks of the LiteLLM
 * file, so that whatever is wrong with them is told with the line that an operator knows.
 */
final class Draft {
  private static final Resolver TYPES = new Resolver();
  private final Mark mark;
  private final Map<String, Supplier<NodeTuple>> written = new LinkedHashMap<>();
  private final Map<String, Draft> sections = new HashMap<>();

  Draft(Mark mark) {
    this.mark = mark;
  }

  /** A section within this one, made when it is first asked for. */
  Draft section(String key, Mark at) {
    Draft section = sections.computeIfAbsent(key, unseen -> new Draft(at));
    written.putIfAbsent(key, () -> new NodeTuple(text(key, at), section.section()));
    return section;
  }

  /** A setting whose type is what YAML takes its text for. */
  Draft plain(String key, String value, Mark at) {
    return put(key, plain(value, at));
  }

  /** A setting that is a text, whatever it looks like. */
  Draft text(String key, String value, Mark at) {
    return put(key, text(value, at));
  }

  Draft put(String key, Node value) {
    written.putIfAbsent(key, () -> new NodeTuple(text(key, value.getStartMark()), value));
    return this;
  }

  boolean has(String key) {
    return written.containsKey(key);
  }

  /** In lines of its own. */
  MappingNode section() {
    return mapping(FlowStyle.BLOCK);
  }

  /** In one line. */
  MappingNode line() {
    return mapping(FlowStyle.FLOW);
  }

  private MappingNode mapping(FlowStyle style) {
    List<NodeTuple> tuples = written.values().stream().map(Supplier::get).toList();
    return new MappingNode(Tag.MAP, true, tuples, mark, mark, style);
  }

  static Node plain(String value, Mark at) {
    return scalar(TYPES.resolve(NodeId.scalar, value, true), value, at);
  }

  static Node text(String value, Mark at) {
    return scalar(Tag.STR, value, at);
  }

  /** A list with one element a line. */
  static Node lines(List<? extends Node> elements, Mark at) {
    return new SequenceNode(Tag.SEQ, true, new ArrayList<>(elements), at, at, FlowStyle.BLOCK);
  }

  /** A list in one line. */
  static Node list(List<? extends Node> elements, Mark at) {
    return new SequenceNode(Tag.SEQ, true, new ArrayList<>(elements), at, at, FlowStyle.FLOW);
  }

  private static Node scalar(Tag tag, String value, Mark at) {
    return new ScalarNode(tag, value, at, at, ScalarStyle.PLAIN);
  }
}
