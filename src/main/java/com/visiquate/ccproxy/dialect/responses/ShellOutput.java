package com.visiquate.ccproxy.dialect.responses;

import com.visiquate.ccproxy.dialect.Field;
import java.util.List;

/** Puts what a shell printed into words for a model: output, errors, and how it ended. */
final class ShellOutput {
  private ShellOutput() {}

  static String text(Field output) {
    if (output.isText()) {
      return output.text();
    }
    List<String> commands = output.items().stream().map(ShellOutput::command).toList();
    return String.join("\n", commands);
  }

  private static String command(Field chunk) {
    StringBuilder said = new StringBuilder();
    line(chunk.object().at("stdout").text(""), said);
    line(chunk.at("stderr").text(""), said);
    return said.append(outcome(chunk.at("outcome"))).toString();
  }

  private static void line(String text, StringBuilder said) {
    said.append(text);
    if (!text.isEmpty() && !text.endsWith("\n")) {
      said.append('\n');
    }
  }

  private static String outcome(Field outcome) {
    if (outcome.at("type").isText() && outcome.at("type").text().equals("timeout")) {
      return "(timed out)";
    }
    Long code = outcome.at("exit_code").whole();
    return code == null ? "(ended)" : "(exit code " + code + ")";
  }
}
