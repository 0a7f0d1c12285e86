package com.visiquate.ccproxy.dialect.anthropic;

import com.visiquate.ccproxy.dialect.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What became of the tools while a conversation went on: found by a search, added, removed. Owns
 * the order in which they came, because the model sees its tools before everything else: one that
 * is put between others makes it compute the whole conversation again, one that comes last does
 * not.
 */
final class ToolChanges {
  private final Set<String> come = new LinkedHashSet<>();
  private final Set<String> removed = new HashSet<>();
  private final Map<String, Field> defined = new HashMap<>();

  /** The names of tools that came later than the first ones, in their order. */
  List<String> come() {
    return List.copyOf(come);
  }

  /** Whether a tool that was there from the beginning has been taken away, for now or for good. */
  boolean isTakenFromTheFirst(String name) {
    return removed.contains(name);
  }

  /** The definitions that the conversation itself brought, the last of each name. */
  List<Field> defined() {
    return come.stream().filter(defined::containsKey).map(defined::get).toList();
  }

  void read(Field block) {
    switch (word(block.at("type"))) {
      case "tool_use" -> used(word(block.at("name")));
      case "tool_result" -> references(block.at("content"));
      case "tool_search_tool_result" -> references(block.at("content").at("tool_references"));
      case "tool_addition" -> added(block.at("tool"));
      case "tool_removal" -> removed(word(block.at("tool").at("name")));
      case "compaction" -> elements(block.at("tool_changes")).forEach(this::read);
      default -> {}
    }
  }

  /** A call says as much as a reference: the model knew the tool. */
  private void used(String name) {
    if (!removed.contains(name)) {
      come(name);
    }
  }

  private void references(Field list) {
    for (Field part : elements(list)) {
      if (word(part.at("type")).equals("tool_reference")) {
        come(word(part.at("tool_name")));
      }
    }
  }

  private void added(Field tool) {
    Field definition = tool.at("definition");
    String name = word(definition.isObject() ? definition.at("name") : tool.at("name"));
    if (definition.isObject()) {
      defined.put(name, definition);
    }
    come(name);
  }

  private void removed(String name) {
    come.remove(name);
    removed.add(name);
  }

  private void come(String name) {
    if (!name.isEmpty()) {
      come.add(name);
    }
  }

  private static List<Field> elements(Field list) {
    return list.isList() ? list.items() : new ArrayList<>();
  }

  private static String word(Field field) {
    return field.isText() ? field.text() : "";
  }
}
