package com.visiquate.ccproxy.dialect.responses;

import com.visiquate.ccproxy.chat.RawJson;
import com.visiquate.ccproxy.chat.Tool;
import com.visiquate.ccproxy.dialect.ByteSink;
import com.visiquate.ccproxy.dialect.Dropped;
import com.visiquate.ccproxy.dialect.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the tools of a request: whatever the client itself runs becomes a function, and whatever
 * OpenAI's servers would run is left out.
 */
final class ToolsReader {
  private static final RawJson NO_PARAMETERS =
      new RawJson("{\"type\":\"object\",\"properties\":{}}");

  private final Dropped dropped;
  private final List<Tool> tools = new ArrayList<>();
  private final List<String> echo = new ArrayList<>();
  private final Map<String, ClientTool> known = new LinkedHashMap<>();

  ToolsReader(Field body, Dropped dropped) {
    this.dropped = dropped;
    body.at("tools").items().forEach(this::tool);
  }

  List<Tool> tools() {
    return tools;
  }

  /** How the client knows each tool, by the name under which the model knows it. */
  Map<String, ClientTool> known() {
    return known;
  }

  /** The tools that count, as the response repeats them: a JSON list. */
  String echo() {
    return "[" + String.join(",", echo) + "]";
  }

  private void tool(Field tool) {
    int before = tools.size();
    switch (tool.object().at("type").text("function")) {
      case "namespace" -> namespace(tool);
      case "local_shell" -> add(tool, BuiltInTools.LOCAL_SHELL, new ClientTool.LocalShell());
      case "shell" -> shell(tool);
      case "apply_patch" -> add(tool, BuiltInTools.APPLY_PATCH, new ClientTool.ApplyPatch());
      default -> named(tool, "");
    }
    if (tools.size() > before) {
      echo.add(Echo.tool(tool));
    }
  }

  private void namespace(Field group) {
    String name = name(group.at("name"));
    group.at("tools").items().forEach(tool -> named(tool.object(), name));
  }

  private void named(Field tool, String namespace) {
    switch (tool.at("type").text("function")) {
      case "function" -> function(tool, namespace);
      case "custom" -> custom(tool, namespace);
      // Tools that OpenAI itself would run; nobody here does.
      default -> dropped.add(tool.path() + "." + tool.at("type").text());
    }
  }

  private void function(Field tool, String namespace) {
    String name = name(tool.at("name"));
    Field parameters = tool.at("parameters");
    RawJson schema = parameters.isAbsent() ? NO_PARAMETERS : parameters.object().raw();
    Tool function =
        new Tool(ClientTool.flat(namespace, name), tool.at("description").text(""), schema);
    add(tool, function, new ClientTool.Function(name, namespace));
  }

  private void custom(Field tool, String namespace) {
    String name = name(tool.at("name"));
    RawJson schema = freeText(tool.at("format"));
    Tool function =
        new Tool(ClientTool.flat(namespace, name), tool.at("description").text(""), schema);
    add(tool, function, new ClientTool.Custom(name, namespace));
  }

  /** A grammar cannot be enforced, but a model can be told. */
  private static RawJson freeText(Field format) {
    ByteSink out = new ByteSink();
    out.raw("{\"type\":\"object\",\"properties\":{\"input\":{\"type\":\"string\",\"description\":");
    Field grammar = format.at("definition");
    out.json(
        grammar.isText()
            ? "The whole input as plain text. It must follow this %s grammar:\n%s"
                .formatted(format.at("syntax").text("lark"), grammar.text())
            : "The whole input as plain text.");
    return Written.json(out.raw("}},\"required\":[\"input\"]}"));
  }

  /** A shell in a container is run by OpenAI; any other by the client. */
  private void shell(Field tool) {
    Field environment = tool.at("environment").at("type");
    if (environment.isAbsent() || environment.text().equals("local")) {
      add(tool, BuiltInTools.SHELL, new ClientTool.Shell());
    } else {
      dropped.add(tool.path() + ".shell." + environment.text());
    }
  }

  /** Of two tools with one name the first counts: a call could not say which it means. */
  private void add(Field tool, Tool function, ClientTool kind) {
    if (known.putIfAbsent(function.name(), kind) == null) {
      tools.add(function);
    } else {
      dropped.add(tool.path() + ".name");
    }
  }

  private static String name(Field name) {
    if (name.text().isBlank()) {
      throw name.invalid("'%s' must not be empty.".formatted(name.path()));
    }
    return name.text();
  }
}
