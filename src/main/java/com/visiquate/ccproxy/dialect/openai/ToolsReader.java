package com.visiquate.ccproxy.dialect.openai;

import com.visiquate.ccproxy.chat.RawJson;
import com.visiquate.ccproxy.chat.Tool;
import com.visiquate.ccproxy.chat.ToolChoice;
import com.visiquate.ccproxy.dialect.Dropped;
import com.visiquate.ccproxy.dialect.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the tools of a request and the choice among them, in today's form and the legacy one. */
final class ToolsReader {
  /** What a tool that takes free text looks like to a model that only knows JSON. */
  private static final RawJson FREE_TEXT =
      new RawJson(
          "{\"type\":\"object\",\"properties\":{\"input\":{\"type\":\"string\"}},"
              + "\"required\":[\"input\"]}");

  private static final RawJson NO_PARAMETERS =
      new RawJson("{\"type\":\"object\",\"properties\":{}}");

  private final Field body;
  private final Dropped dropped;
  private final boolean legacy;
  private final List<Tool> tools = new ArrayList<>();
  private final Set<String> custom = new HashSet<>();

  ToolsReader(Field body, Dropped dropped) {
    this.body = body;
    this.dropped = dropped;
    legacy = body.at("tools").items().isEmpty() && !body.at("functions").items().isEmpty();
    body.at("tools").items().forEach(this::tool);
    if (legacy) {
      body.at("functions").items().forEach(this::function);
    }
  }

  List<Tool> tools() {
    return tools;
  }

  boolean isLegacy() {
    return legacy;
  }

  Set<String> custom() {
    return custom;
  }

  ToolChoice choice() {
    Field choice = body.at(legacy ? "function_call" : "tool_choice");
    return new ChoiceReader(tools, legacy).read(choice);
  }

  private void tool(Field tool) {
    switch (tool.object().at("type").text("function")) {
      case "function" -> function(tool.at("function"));
      case "custom" -> custom(tool.at("custom"));
      // Tools that OpenAI itself would run; nobody here does.
      default -> dropped.add(tool.path() + "." + tool.at("type").text());
    }
  }

  private void function(Field function) {
    Field parameters = function.object().at("parameters");
    tools.add(
        new Tool(
            name(function.at("name")),
            function.at("description").text(""),
            parameters.isAbsent() ? NO_PARAMETERS : parameters.object().raw()));
  }

  private void custom(Field tool) {
    String name = name(tool.object().at("name"));
    dropped.addIf(tool.at("format").at("grammar").isObject(), tool.path() + ".format.grammar");
    tools.add(new Tool(name, tool.at("description").text(""), FREE_TEXT));
    custom.add(name);
  }

  private static String name(Field name) {
    if (name.text().isBlank()) {
      throw name.invalid("'%s' must not be empty.".formatted(name.path()));
    }
    return name.text();
  }
}
