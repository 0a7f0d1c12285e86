package com.visiquate.ccproxy.dialect.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.visiquate.ccproxy.dialect.Field;
import com.visiquate.ccproxy.dialect.PastWork;
import java.util.List;

/** Reads items about tools that a provider's servers ran, as what was said about them. */
final class ServerCalls {
  private static final List<String> RESULTS =
      List.of("output", "outputs", "result", "results", "error");
  private static final List<String> OUTER = List.of("type", "id", "status", "call_id", "name");

  private ServerCalls() {}

  static String told(String type, Field item) {
    StringBuilder text = new StringBuilder(PastWork.called(name(type, item), arguments(item)));
    for (String member : RESULTS) {
      if (!item.at(member).isAbsent()) {
        text.append("\n").append(PastWork.returned(name(type, item), item.at(member)));
      }
    }
    return text.toString();
  }

  private static String name(String type, Field item) {
    Field name = item.at("name");
    Field server = item.at("server_label");
    String own = name.isText() ? name.text() : type.replaceFirst("_call(_output)?$", "");
    return server.isText() ? server.text() + "." + own : own;
  }

  /** What it was called with: its arguments, or all that says something of it. */
  private static Field arguments(Field item) {
    if (!item.at("arguments").isAbsent()) {
      return item.at("arguments");
    }
    ObjectNode rest = item.node().deepCopy();
    rest.remove(OUTER);
    rest.remove(RESULTS);
    return rest.isEmpty() ? item.at("arguments") : new Field(rest, item.path());
  }
}
