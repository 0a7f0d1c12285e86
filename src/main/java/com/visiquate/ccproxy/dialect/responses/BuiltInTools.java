package com.visiquate.ccproxy.dialect.responses;

import com.visiquate.ccproxy.chat.RawJson;
import com.visiquate.ccproxy.chat.Tool;
import com.visiquate.ccproxy.dialect.Field;

/**
 * The tools that clients run but name only by a type, because OpenAI's models know them by heart.
 * Other models are told; what a call holds is what OpenAI publishes for the items.
 */
final class BuiltInTools {
  static final Tool LOCAL_SHELL =
      new Tool(
          ClientTool.LOCAL_SHELL,
          "Run one command on the user's computer.",
          schema(
              """
              "command":{"type":"array","items":{"type":"string"},\
              "description":"The program and its arguments, for example [\\"ls\\", \\"-la\\"]."},
              "working_directory":{"type":"string"},
              "timeout_ms":{"type":"integer"},
              "env":{"type":"object","additionalProperties":{"type":"string"}}\
              """,
              "command"));

  static final Tool SHELL =
      new Tool(
          ClientTool.SHELL,
          "Run shell commands on the user's computer.",
          schema(
              """
              "commands":{"type":"array","items":{"type":"string"},\
              "description":"Command lines, run in order."},
              "timeout_ms":{"type":"integer"},
              "max_output_length":{"type":"integer"}\
              """,
              "commands"));

  static final Tool APPLY_PATCH =
      new Tool(
          ClientTool.APPLY_PATCH,
          "Create, change or delete one file.",
          schema(
              """
              "operation":{"type":"object","properties":{\
              "type":{"type":"string","enum":["create_file","update_file","delete_file"]},\
              "path":{"type":"string"},\
              "diff":{"type":"string","description":"For create_file and update_file: lines that \
              begin with a space (kept), - (removed) or + (added), sections that begin with @@."}},\
              "required":["type","path"]}\
              """,
              "operation"));

  private static final Tool TOOL_SEARCH =
      new Tool(
          ClientTool.TOOL_SEARCH,
          "Find more tools that can be called.",
          schema(
              """
              "query":{"type":"string","description":"What the tool should do."}\
              """,
              "query"));

  private BuiltInTools() {}

  /** Clients describe their search themselves, as a rule. */
  static Tool toolSearch(Field tool) {
    Field parameters = tool.at("parameters");
    return new Tool(
        ClientTool.TOOL_SEARCH,
        tool.at("description").text(TOOL_SEARCH.description()),
        parameters.isAbsent() ? TOOL_SEARCH.parameters() : parameters.object().raw());
  }

  private static RawJson schema(String properties, String required) {
    return new RawJson(
        "{\"type\":\"object\",\"properties\":{%s},\"required\":[\"%s\"]}"
            .formatted(properties.replace("\n", ""), required));
  }
}
