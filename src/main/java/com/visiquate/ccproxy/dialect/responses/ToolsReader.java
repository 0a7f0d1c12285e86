package com.visiquate.ccproxy.dialect.responses;

import com.fasterxml.jackson.databind.node.MissingNode;
import com.visiquate.ccproxy.chat.RawJson;
import com.visiquate.ccproxy.chat.Tool;
import com.visiquate.ccproxy.dialect.Dropped;
import com.visiquate.ccproxy.dialect.Field;
import com.visiquate.ccproxy.dialect.FunctionForm;
import com.visiquate.ccproxy.dialect.openai.FreeText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Reads the tools of a request: whatever the client itself runs becomes a function, and whatever
 * OpenAI's servers would run is left out.
 */
final class ToolsReader {
  private final Dropped dropped;
  private final boolean searched;
  private final List<Tool> tools = new ArrayList<>();
  private final List<String> echo = new ArrayList<>();
  private final Map<String, ClientTool> known = new LinkedHashMap<>();

  /**
   * Reads the tools of a request.
   *
   * @param list of the request itself; they come first, so that those which come later are behind
   *     them in the prompt
   * @param items of the conversation that bring more of them
   */
  ToolsReader(Field list, List<Field> items, Dropped dropped) {
    this.dropped = dropped;
    searched =
        Stream.concat(list.items().stream(), items.stream().flatMap(ToolsReader::list))
            .anyMatch(ToolsReader::isClientSearch);
    for (Field tool : list.items()) {
      int before = tools.size();
      tool(tool, searched);
      if (tools.size() > before) {
        echo.add(Echo.tool(tool));
      }
    }
    for (Field item : items) {
      // What a search has found is no longer waiting for one.
      boolean found = item.at("type").text().equals("tool_search_output");
      list(item).forEach(tool -> tool(tool, searched && !found));
    }
  }

  /** The names under which the model knows tools of such a list. */
  static List<String> names(Field list) {
    return List.copyOf(
        new ToolsReader(new Field(MissingNode.getInstance(), ""), List.of(), new Dropped())
            .reading(list)
            .keySet());
  }

  private Map<String, ClientTool> reading(Field list) {
    list.items().forEach(tool -> tool(tool, false));
    return known;
  }

  private static Stream<Field> list(Field item) {
    return item.at("tools").items().stream();
  }

  private static boolean isClientSearch(Field tool) {
    return tool.object().at("type").text("function").equals(ClientTool.TOOL_SEARCH)
        && tool.at("execution").text("server").equals("client");
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

  /**
   * One tool.
   *
   * @param searchable whether it is left out for now when its loading is deferred: the client has a
   *     search that finds it
   */
  private void tool(Field tool, boolean searchable) {
    switch (tool.object().at("type").text("function")) {
      case "namespace" -> namespace(tool, searchable);
      case ClientTool.TOOL_SEARCH -> search(tool);
      case "local_shell" -> add(tool, BuiltInTools.LOCAL_SHELL, new ClientTool.LocalShell());
      case "shell" -> shell(tool);
      case "apply_patch" -> add(tool, BuiltInTools.APPLY_PATCH, new ClientTool.ApplyPatch());
      default -> named(tool, "", searchable);
    }
  }

  private void namespace(Field group, boolean searchable) {
    String name = name(group.at("name"));
    dropped.addIf(!group.at("description").text("").isEmpty(), "tools.namespace.description");
    group.at("tools").items().forEach(tool -> named(tool.object(), name, searchable));
  }

  /** Nobody here can search for the client; then its tools are all offered at once. */
  private void search(Field tool) {
    if (isClientSearch(tool)) {
      add(tool, BuiltInTools.toolSearch(tool), new ClientTool.ToolSearch());
    } else {
      dropped.add("tools." + ClientTool.TOOL_SEARCH);
    }
  }

  private void named(Field tool, String namespace, boolean searchable) {
    if (searchable && tool.at("defer_loading").flag(false)) {
      return;
    }
    switch (tool.at("type").text("function")) {
      case "function" -> function(tool, namespace);
      case "custom" -> custom(tool, namespace);
      // Tools that OpenAI itself would run; nobody here does.
      default -> dropped.add(tool.path() + "." + tool.at("type").text());
    }
  }

  private void function(Field tool, String namespace) {
    FunctionForm form = FunctionForm.of(tool);
    String name = name(form.name());
    Tool function = form.as(ClientTool.flat(namespace, name));
    add(tool, function, new ClientTool.Function(name, namespace));
  }

  /** Free text; with a schema it is a function, which Anthropic's clients call custom. */
  private void custom(Field tool, String namespace) {
    if (FunctionForm.isOne(tool)) {
      function(tool, namespace);
      return;
    }
    Field inner = tool.at("custom").isAbsent() ? tool : tool.at("custom").object();
    String name = name(inner.at("name"));
    RawJson input = FreeText.schema(inner.at("format"));
    Tool function =
        new Tool(ClientTool.flat(namespace, name), inner.at("description").text(""), input);
    add(tool, function, new ClientTool.Custom(name, namespace));
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
      // Said twice, as by every turn of a client that keeps nothing, it is still the same tool.
      dropped.addIf(!tools.contains(function), tool.path() + ".name");
    }
  }

  private static String name(Field name) {
    if (name.text().isBlank()) {
      throw name.invalid("'%s' must not be empty.".formatted(name.path()));
    }
    return name.text();
  }
}
