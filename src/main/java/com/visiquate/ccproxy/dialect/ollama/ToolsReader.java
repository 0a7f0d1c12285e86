package com.visiquate.ccproxy.dialect.ollama;

import com.visiquate.ccproxy.chat.Tool;
import com.visiquate.ccproxy.dialect.Field;
import com.visiquate.ccproxy.dialect.FunctionForm;
import java.util.ArrayList;
import java.util.List;

/** Reads the tools of a request. */
final class ToolsReader {
  private ToolsReader() {}

  static List<Tool> read(Field tools, Dropped dropped) {
    List<Tool> read = new ArrayList<>();
    for (Field tool : tools.items()) {
      String type = tool.object().at("type").text("function");
      if (type.equals("function") || FunctionForm.isOne(tool)) {
        read.add(function(FunctionForm.of(tool)));
      } else {
        dropped.add(tool.path() + "." + type);
      }
    }
    return read;
  }

  private static Tool function(FunctionForm function) {
    Field name = function.name();
    if (name.text().isBlank()) {
      throw name.invalid("'%s' must not be empty.".formatted(name.path()));
    }
    return function.as(name.text());
  }
}
