package com.visiquate.ccproxy.dialect.anthropic;

import com.visiquate.ccproxy.chat.Tool;
import com.visiquate.ccproxy.chat.ToolChoice;
import com.visiquate.ccproxy.dialect.Dropped;
import com.visiquate.ccproxy.dialect.Field;
import com.visiquate.ccproxy.dialect.FunctionForm;
import java.util.List;
import java.util.Optional;

/** Reads the tools of a request and the choice among them. */
final class ToolsReader {
  private static final String SERVER_SEARCH = "tool_search_tool";

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
    // Also a bare word, or a function, as OpenAI says it.
    return switch (choice.isText() ? choice.text() : choice.object().at("type").text()) {
      case "auto" -> ToolChoice.AUTO;
      case "none" -> ToolChoice.NONE;
      case "any", "required" -> any(choice);
      case "tool" -> ToolChoice.named(offered(choice.at("name")));
      case "function" -> ToolChoice.named(offered(choice.at("function").at("name")));
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
    if (type.equals("custom") || FunctionForm.isOne(tool)) {
      FunctionForm function = FunctionForm.of(tool);
      take(tool, function.as(name(function.name())), taker);
    } else if (known.isPresent()) {
      BuiltInTools.BuiltIn builtIn = known.get();
      String description = BuiltInTools.description(builtIn, tool);
      take(tool, new Tool(name(tool.at("name")), description, builtIn.parameters()), taker);
    } else {
      if (type.startsWith(SERVER_SEARCH)) {
        offered.searchedByServer();
      }
      dropped.add("tools." + type);
    }
  }

  private static void take(Field tool, Tool read, Taker taker) {
    Field deferred = tool.at("defer_loading");
    taker.take(read, deferred.node().isBoolean() && deferred.node().booleanValue());
  }

  private static String name(Field name) {
    if (name.text().isBlank()) {
      throw name.invalid("must not be empty");
    }
    return name.text();
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
