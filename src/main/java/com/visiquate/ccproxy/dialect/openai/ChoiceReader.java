package com.visiquate.ccproxy.dialect.openai;

import com.visiquate.ccproxy.chat.Tool;
import com.visiquate.ccproxy.chat.ToolChoice;
import com.visiquate.ccproxy.dialect.Field;
import java.util.List;

/** Reads which of the offered tools a model may or must call, in the words of chat completions. */
public final class ChoiceReader {
  private final List<Tool> tools;
  private final boolean legacy;

  public ChoiceReader(List<Tool> tools) {
    this(tools, false);
  }

  /**
   * @param legacy whether the choice is one of functions, in the older form
   */
  ChoiceReader(List<Tool> tools, boolean legacy) {
    this.tools = tools;
    this.legacy = legacy;
  }

  public ToolChoice read(Field choice) {
    if (choice.isAbsent()) {
      return ToolChoice.AUTO;
    }
    return choice.isText() ? mode(choice) : pointed(choice.object());
  }

  private ToolChoice mode(Field choice) {
    return switch (choice.text()) {
      case "auto" -> ToolChoice.AUTO;
      case "none" -> ToolChoice.NONE;
      case "required" -> required(choice);
      default ->
          throw choice.invalid(
              "'%s' must be none, auto, required or name a tool.".formatted(choice.path()));
    };
  }

  private ToolChoice required(Field choice) {
    if (tools.isEmpty()) {
      throw choice.invalid("'tool_choice' requires a tool, but 'tools' offers none.");
    }
    return ToolChoice.REQUIRED;
  }

  private ToolChoice pointed(Field choice) {
    if (legacy) {
      return ToolChoice.named(offered(choice.at("name")));
    }
    return switch (choice.at("type").text()) {
      case "function", "custom" -> ToolChoice.named(offered(nameOf(choice)));
      case "allowed_tools" -> allowed(choice.at("allowed_tools").object());
      // As Anthropic says it.
      case "tool" -> ToolChoice.named(offered(choice.at("name")));
      case "any" -> required(choice);
      case "auto" -> ToolChoice.AUTO;
      case "none" -> ToolChoice.NONE;
      default ->
          throw choice.at("type").unsupported("Use 'function', 'custom' or 'allowed_tools'.");
    };
  }

  private String offered(Field name) {
    if (tools.stream().noneMatch(tool -> tool.name().equals(name.text()))) {
      throw name.invalid("'%s' names a tool that 'tools' does not offer.".formatted(name.path()));
    }
    return name.text();
  }

  private ToolChoice allowed(Field allowed) {
    List<String> names =
        allowed.at("tools").items().stream().map(tool -> offered(nameOf(tool))).toList();
    if (names.isEmpty()) {
      return ToolChoice.NONE;
    }
    return switch (allowed.at("mode").text("auto")) {
      case "auto" -> new ToolChoice(ToolChoice.Mode.AUTO, names);
      case "required" -> new ToolChoice(ToolChoice.Mode.REQUIRED, names);
      default -> throw allowed.at("mode").invalid("'mode' must be auto or required.");
    };
  }

  private static Field nameOf(Field tool) {
    String kind = tool.object().at("type").text("function");
    return tool.at(kind).isObject() ? tool.at(kind).at("name") : tool.at("name");
  }
}
