package com.visiquate.ccproxy.dialect.anthropic;

import com.visiquate.ccproxy.chat.RawJson;
import com.visiquate.ccproxy.chat.Tool;
import com.visiquate.ccproxy.chat.ToolChoice;
import com.visiquate.ccproxy.dialect.Dropped;
import com.visiquate.ccproxy.dialect.Field;
import java.util.List;
import java.util.Optional;

/** Reads the tools of a request and the choice among them. */
final class ToolsReader {
  private static final String SERVER_SEARCH = "tool_search_tool";

  private static final RawJson NO_PARAMETERS =
      new RawJson("{\"type\":\"object\",\"properties\":{}}");

  private final Dropped dropped;
  private final OfferedTools offered = new OfferedTools();
  private final List<Tool> tools;
  private final ToolChoice choice;

  /**
   * @param changes what the conversation did to the tools of the list
   */
  ToolsReader(Field list, ToolChanges changes, Field choice, Dropped dropped) {
    this.dropped = dropped;
    list.items().forEach(tool -> read(tool, offered::list));
    changes.defined().forEach(tool -> read(tool, (one, deferred) -> offered.define(one)));
    String named = choice.at("name").isText() ? choice.at("name").text() : "";
    tools = offered.with(named, offered.all(changes));
    this.choice = read(choice);
  }

  /** Takes a tool, and whether the client wants it to be found first. */
  private interface Taker {
    void take(Tool tool, boolean deferred);
  }

  List<Tool> tools() {
    return tools;
  }

  ToolChoice choice() {
    return choice;
  }

  private ToolChoice read(Field choice) {
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
  private void read(Field tool, Taker taker) {
    String type = tool.object().at("type").text("custom");
    Optional<BuiltInTools.BuiltIn> known = BuiltInTools.find(type);
    if (type.equals("custom") || tool.at("input_schema").isObject()) {
      take(tool, tool.at("description").text(""), parameters(tool.at("input_schema")), taker);
    } else if (known.isPresent()) {
      BuiltInTools.BuiltIn builtIn = known.get();
      take(tool, BuiltInTools.description(builtIn, tool), builtIn.parameters(), taker);
    } else {
      if (type.startsWith(SERVER_SEARCH)) {
        offered.searchedByServer();
      }
      dropped.add("tools." + type);
    }
  }

  private static void take(Field tool, String description, RawJson parameters, Taker taker) {
    String name = tool.at("name").text();
    if (name.isBlank()) {
      throw tool.at("name").invalid("must not be empty");
    }
    Field deferred = tool.at("defer_loading");
    taker.take(
        new Tool(name, description, parameters),
        deferred.node().isBoolean() && deferred.node().booleanValue());
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
    if (tools.stream().noneMatch(tool -> tool.name().equals(name.text()))) {
      throw name.invalid("no tool of this name can be called here");
    }
    return name.text();
  }
}
