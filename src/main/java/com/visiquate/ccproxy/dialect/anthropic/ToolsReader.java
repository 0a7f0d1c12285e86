package com.visiquate.ccproxy.dialect.anthropic;

import com.visiquate.ccproxy.chat.RawJson;
import com.visiquate.ccproxy.chat.Tool;
import com.visiquate.ccproxy.chat.ToolChoice;
import com.visiquate.ccproxy.dialect.Dropped;
import com.visiquate.ccproxy.dialect.Field;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the tools of a request and the choice among them. */
final class ToolsReader {
  private static final RawJson NO_PARAMETERS =
      new RawJson("{\"type\":\"object\",\"properties\":{}}");

  private final Dropped dropped;
  private final Map<String, Tool> tools = new LinkedHashMap<>();

  ToolsReader(Field list, Dropped dropped) {
    this.dropped = dropped;
    list.items().forEach(this::tool);
  }

  List<Tool> tools() {
    return List.copyOf(tools.values());
  }

  ToolChoice choice(Field choice) {
    if (choice.isAbsent()) {
      return ToolChoice.AUTO;
    }
    return switch (choice.object().at("type").text()) {
      case "auto" -> ToolChoice.AUTO;
      case "none" -> ToolChoice.NONE;
      case "any" -> any(choice);
      case "tool" -> ToolChoice.named(offered(choice.at("name")));
      default -> throw choice.at("type").invalid("must be \"auto\", \"any\", \"tool\" or \"none\"");
    };
  }

  /**
   * A tool with a schema is the client's own, whatever its type says; one without is known here, or
   * one that Anthropic would run itself and nobody here does.
   */
  private void tool(Field tool) {
    String type = tool.object().at("type").text("custom");
    Optional<BuiltInTools.BuiltIn> known = BuiltInTools.find(type);
    if (type.equals("custom") || tool.at("input_schema").isObject()) {
      add(tool, tool.at("description").text(""), parameters(tool.at("input_schema")));
    } else if (known.isPresent()) {
      BuiltInTools.BuiltIn builtIn = known.get();
      add(tool, BuiltInTools.description(builtIn, tool), builtIn.parameters());
    } else {
      dropped.add("tools." + type);
    }
  }

  /** The first of a name; Anthropic would refuse the second, and nothing is lost without it. */
  private void add(Field tool, String description, RawJson parameters) {
    String name = tool.at("name").text();
    if (name.isBlank()) {
      throw tool.at("name").invalid("must not be empty");
    }
    tools.putIfAbsent(name, new Tool(name, description, parameters));
  }

  private static RawJson parameters(Field schema) {
    return schema.isAbsent() ? NO_PARAMETERS : schema.object().raw();
  }

  private ToolChoice any(Field choice) {
    if (tools.isEmpty()) {
      throw choice.invalid("a tool must be called, but none of this request can be");
    }
    return ToolChoice.REQUIRED;
  }

  /** An error, and not an answer without the tool: it would look like one that used it. */
  private String offered(Field name) {
    if (!tools.containsKey(name.text())) {
      throw name.invalid("no tool of this name can be called here");
    }
    return name.text();
  }
}
