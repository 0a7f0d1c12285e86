package com.visiquate.ccproxy.dialect.responses;

import com.visiquate.ccproxy.chat.ToolChoice;
import com.visiquate.ccproxy.dialect.Dropped;
import com.visiquate.ccproxy.dialect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads which tools the model may or must call. */
final class ChoiceReader {
  private final Map<String, ClientTool> known;
  private final Dropped dropped;

  ChoiceReader(Map<String, ClientTool> known, Dropped dropped) {
    this.known = known;
    this.dropped = dropped;
  }

  ToolChoice read(Field choice) {
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
    if (known.isEmpty()) {
      throw choice.invalid(
          "'tool_choice' requires a tool, but 'tools' offers none that can be called here.");
    }
    return ToolChoice.REQUIRED;
  }

  private ToolChoice pointed(Field choice) {
    Field type = choice.at("type");
    if (type.text().equals("allowed_tools")) {
      return allowed(choice);
    }
    return offered(choice)
        .map(ToolChoice::named)
        .orElseThrow(
            () ->
                choice.unsupported(
                    "'%s' names a tool that 'tools' does not offer or that cannot be called here."
                        .formatted(choice.path())));
  }

  /** Tools of OpenAI's servers are left out here as in the list of tools. */
  private ToolChoice allowed(Field choice) {
    List<String> names = new ArrayList<>();
    for (Field tool : choice.at("tools").items()) {
      Optional<String> name = offered(tool.object());
      name.ifPresent(names::add);
      dropped.addIf(name.isEmpty(), tool.path());
    }
    return switch (choice.at("mode").text("auto")) {
      case "auto" -> names.isEmpty() ? ToolChoice.NONE : limited(ToolChoice.Mode.AUTO, names);
      case "required" -> required(choice, names);
      default -> throw choice.at("mode").invalid("'tool_choice.mode' must be auto or required.");
    };
  }

  private static ToolChoice required(Field choice, List<String> names) {
    if (names.isEmpty()) {
      throw choice.at("tools").invalid("None of the allowed tools can be called here.");
    }
    return limited(ToolChoice.Mode.REQUIRED, names);
  }

  private static ToolChoice limited(ToolChoice.Mode mode, List<String> names) {
    return new ToolChoice(mode, names);
  }

  /** The model's name of the tool that is meant, if it is offered. */
  private Optional<String> offered(Field tool) {
    String name =
        switch (tool.at("type").text("function")) {
          case "function", "custom" ->
              ClientTool.flat(tool.at("namespace").text(""), tool.at("name").text());
          default -> tool.at("type").text();
        };
    return Optional.of(name).filter(known::containsKey);
  }
}
