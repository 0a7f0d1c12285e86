package com.visiquate.ccproxy.config.litellm;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * What {@code os.environ/NAME} stands for: the process's environment, and for what that lacks the
 * file's {@code environment_variables}. Remembers which were asked for.
 */
final class Variables {
  private static final String PREFIX = "os.environ/";
  private static final String BLOCK = "environment_variables";
  private final Map<String, String> process;
  private final Map<String, String> file;
  private final Set<String> asked = new HashSet<>();

  private Variables(Map<String, String> process, Map<String, String> file) {
    this.process = Map.copyOf(process);
    this.file = Map.copyOf(file);
  }

  static Variables of(Map<String, String> process, MappingNode root) {
    Map<String, String> written = new HashMap<>();
    root.getValue().stream()
        .filter(entry -> isText(entry.getKeyNode(), BLOCK))
        .map(entry -> entry.getValueNode())
        .filter(MappingNode.class::isInstance)
        .flatMap(block -> ((MappingNode) block).getValue().stream())
        .forEach(
            entry -> {
              if (entry.getKeyNode() instanceof ScalarNode name
                  && entry.getValueNode() instanceof ScalarNode value) {
                written.put(name.getValue(), value.getValue());
              }
            });
    return new Variables(process, written);
  }

  /** The variable that a text names instead of a value. */
  static Optional<String> named(String text) {
    return text.startsWith(PREFIX)
        ? Optional.of(text.substring(PREFIX.length()).strip())
        : Optional.empty();
  }

  Optional<String> value(String name) {
    asked.add(name);
    return Optional.ofNullable(process.getOrDefault(name, file.get(name)));
  }

  /** How a native file refers to a variable that has a value. */
  String reference(String name) {
    String otherwise = file.get(name);
    if (otherwise == null) {
      return "${" + name + "}";
    }
    return otherwise.contains("}")
        ? Value.escaped(process.getOrDefault(name, otherwise))
        : "${%s:-%s}".formatted(name, otherwise);
  }

  boolean isInProcess(String name) {
    return process.containsKey(name);
  }

  boolean isAsked(String name) {
    return asked.contains(name);
  }

  private static boolean isText(Node node, String text) {
    return node instanceof ScalarNode scalar && scalar.getValue().equals(text);
  }
}
