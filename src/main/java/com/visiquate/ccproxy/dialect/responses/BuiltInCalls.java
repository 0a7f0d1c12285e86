package com.visiquate.ccproxy.dialect.responses;

import com.visiquate.ccproxy.chat.ToolCall;
import com.visiquate.ccproxy.dialect.ByteSink;
import com.visiquate.ccproxy.dialect.Field;
import java.util.List;
import java.util.Set;

/**
 * Writes what a model wants of the client's own tools in the form that the client executes. Models
 * that do not know these tools by heart are often nearly right, which is good enough here.
 */
final class BuiltInCalls {
  private static final Set<String> OPERATIONS = Set.of("create_file", "update_file", "delete_file");

  private BuiltInCalls() {}

  static void localShell(ToolCall call, ByteSink out) {
    Field said = Arguments.tree(call.arguments());
    Field command = said.at("command");
    out.raw(",\"action\":{\"type\":\"exec\",\"command\":");
    // A command in one piece needs a shell to take it apart.
    String line = command.isText() ? command.text() : call.unread();
    texts(line.isEmpty() ? words(command) : List.of("bash", "-lc", line), out);
    out.raw(",\"env\":").raw(said.at("env").isObject() ? env(said.at("env")) : "{}");
    out.raw(",\"timeout_ms\":").raw(number(said.at("timeout_ms")));
    Field folder = said.at("working_directory");
    out.raw(",\"working_directory\":").raw(folder.isText() ? folder.raw().text() : "null");
    out.raw(",\"user\":null}");
  }

  static void shell(ToolCall call, ByteSink out) {
    Field said = Arguments.tree(call.arguments());
    Field commands = said.at("commands").isAbsent() ? said.at("command") : said.at("commands");
    out.raw(",\"action\":{\"commands\":");
    String line = commands.isText() ? commands.text() : call.unread();
    texts(line.isEmpty() ? words(commands) : List.of(line), out);
    out.raw(",\"timeout_ms\":").raw(number(said.at("timeout_ms")));
    out.raw(",\"max_output_length\":").raw(number(said.at("max_output_length")));
    out.raw("},\"environment\":{\"type\":\"local\"}");
  }

  static void applyPatch(ToolCall call, ByteSink out) {
    Field said = Arguments.tree(call.arguments());
    Field operation = said.at("operation").isObject() ? said.at("operation") : said;
    String type = word(operation.at("type"));
    String known = OPERATIONS.contains(type) ? type : "update_file";
    out.raw(",\"operation\":{\"type\":").json(known);
    out.raw(",\"path\":").json(word(operation.at("path")));
    if (!known.equals("delete_file")) {
      out.raw(",\"diff\":").json(word(operation.at("diff")));
    }
    out.raw("}");
  }

  private static List<String> words(Field list) {
    return list.isList() ? list.items().stream().map(BuiltInCalls::word).toList() : List.of();
  }

  private static String word(Field field) {
    return field.isAbsent() ? "" : field.isText() ? field.text() : field.raw().text();
  }

  private static String number(Field field) {
    return field.node().isIntegralNumber() ? field.raw().text() : "null";
  }

  private static String env(Field env) {
    ByteSink out = new ByteSink();
    String separator = "{";
    for (String name : env.names()) {
      out.raw(separator).json(name).raw(":").json(word(env.at(name)));
      separator = ",";
    }
    return out.isEmpty() ? "{}" : Written.text(out.raw("}"));
  }

  private static void texts(List<String> texts, ByteSink out) {
    String separator = "[";
    for (String text : texts) {
      out.raw(separator).json(text);
      separator = ",";
    }
    out.raw(texts.isEmpty() ? "[]" : "]");
  }
}
