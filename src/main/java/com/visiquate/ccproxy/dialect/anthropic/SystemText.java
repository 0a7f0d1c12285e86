package com.visiquate.ccproxy.dialect.anthropic;

import com.visiquate.ccproxy.dialect.Dropped;
import com.visiquate.ccproxy.dialect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads text that instructs the model: a string or text blocks, joined by empty lines.
 *
 * <p>Claude Code puts a billing line in front of it that differs between conversations, and in some
 * versions between requests; it would spoil the prefix cache of everything behind it.
 */
final class SystemText {
  private static final Pattern BILLING = Pattern.compile("^x-anthropic-billing-header:[^\\n]*\\n?");
  private static final String BETWEEN = "\n\n";

  private SystemText() {}

  static String read(Field system, Dropped dropped) {
    if (system.isAbsent() || system.isText()) {
      return bare(system.text(""));
    }
    return join(system.items(), dropped);
  }

  static String join(List<Field> blocks, Dropped dropped) {
    List<String> texts = new ArrayList<>();
    for (Field block : blocks) {
      String type = block.object().at("type").text();
      switch (type) {
        case "text" -> texts.add(bare(block.at("text").text()));
        // Read by whoever offers the tools.
        case "tool_addition", "tool_removal" -> {}
        default -> dropped.add("system." + type);
      }
    }
    texts.removeIf(String::isEmpty);
    return String.join(BETWEEN, texts);
  }

  private static String bare(String text) {
    return BILLING.matcher(text).replaceFirst("");
  }
}
