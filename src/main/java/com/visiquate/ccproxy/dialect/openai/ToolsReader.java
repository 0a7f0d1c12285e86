package com.visiquate.ccproxy.dialect.openai;

import com.visiquate.ccproxy.chat.RawJson;
import com.visiquate.ccproxy.chat.Tool;
import com.visiquate.ccproxy.chat.ToolChoice;
import com.visiquate.ccproxy.dialect.Dropped;
import com.visiquate.ccproxy.dialect.Field;
import com.visiquate.ccproxy.dialect.FunctionForm;
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
      case "function" -> function(tool);
      case "custom" -> custom(tool);
      default -> other(tool);
    }
  }

  private void function(Field tool) {
    FunctionForm function = FunctionForm.of(tool.object());
    tools.add(function.as(name(function.name())));
  }

  /** Anthropic's word for a function, or OpenAI's for free text. */
  private void custom(Field tool) {
    if (FunctionForm.isOne(tool)) {
      function(tool);
      return;
    }
    Field inner = tool.at("custom").isAbsent() ? tool : tool.at("custom").object();
    String name = name(inner.at("name"));
    Field format = inner.at("format");
    RawJson input = FreeText.hasGrammar(format) ? FreeText.schema(format) : FREE_TEXT;
    tools.add(new Tool(name, inner.at("description").text(""), input));
    custom.add(name);
  }

  /** Tools that OpenAI itself would run, nobody here does; one with a schema is the client's. */
  private void other(Field tool) {
    if (FunctionForm.isOne(tool)) {
      function(tool);
    } else {
      dropped.add(tool.path() + "." + tool.at("type").text());
    }
  }

  private static String name(Field name) {
    if (name.text().isBlank()) {
      throw name.invalid("'%s' must not be empty.".formatted(name.path()));
    }
    return name.text();
  }
}
