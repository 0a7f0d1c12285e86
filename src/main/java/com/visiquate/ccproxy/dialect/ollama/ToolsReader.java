package com.visiquate.ccproxy.dialect.ollama;

import com.visiquate.ccproxy.chat.RawJson;
import com.visiquate.ccproxy.chat.Tool;
import com.visiquate.ccproxy.dialect.Field;
import java.util.ArrayList;
import java.util.List;

/** Reads the tools of a request. */
final class ToolsReader {
  private static final RawJson NO_PARAMETERS =
      new RawJson("{\"type\":\"object\",\"properties\":{}}");

  private ToolsReader() {}

  static List<Tool> read(Field tools, Dropped dropped) {
    List<Tool> read = new ArrayList<>();
    for (Field tool : tools.items()) {
      String type = tool.object().at("type").text("function");
      if (type.equals("function")) {
        read.add(function(tool.at("function").object()));
      } else {
        dropped.add(tool.path() + "." + type);
      }
    }
    return read;
  }

  private static Tool function(Field function) {
    Field name = function.at("name");
    if (name.text().isBlank()) {
      throw name.invalid("'%s' must not be empty.".formatted(name.path()));
    }
    Field parameters = function.at("parameters");
    return new Tool(
        name.text(),
        function.at("description").text(""),
        parameters.isAbsent() ? NO_PARAMETERS : parameters.object().raw());
  }
}
