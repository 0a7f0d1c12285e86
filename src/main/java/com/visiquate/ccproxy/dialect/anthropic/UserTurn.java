package com.visiquate.ccproxy.dialect.anthropic;

import com.visiquate.ccproxy.chat.Image;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.dialect.Dropped;
import com.visiquate.ccproxy.dialect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads one turn of the user: first the results of tools, then what the user says and shows. */
final class UserTurn {
  private static final String SHOWN_BELOW = "(The image of this result is in the next message.)";
  private static final String SHOWN = "(The images of the tool results above.)";

  private final Map<String, String> toolOfCall;
  private final Dropped dropped;
  private final List<Message> results = new ArrayList<>();
  private final List<Image> images = new ArrayList<>();
  private final Parts said;

  UserTurn(Map<String, String> toolOfCall, Dropped dropped) {
    this.toolOfCall = toolOfCall;
    this.dropped = dropped;
    said = new Parts(dropped);
  }

  List<Message> read(List<Field> blocks) {
    for (Field block : blocks) {
      if (block.object().at("type").text().equals("tool_result")) {
        result(block);
      } else {
        said.add(block);
      }
    }
    String text = said.text().isEmpty() && !images.isEmpty() ? SHOWN : said.text();
    images.addAll(said.images());
    if (!text.isEmpty() || !images.isEmpty()) {
      results.add(new Message.User(text, images));
    }
    return results;
  }

  /** Its images go to the user's message, because most templates show none in a result. */
  private void result(Field block) {
    String id = ToolIds.fromClient(block.at("tool_use_id").text());
    Parts content = Parts.of(block.at("content"), dropped);
    if (!content.images().isEmpty()) {
      content.text(SHOWN_BELOW);
      images.addAll(content.images());
    }
    String text = content.text();
    if (block.at("is_error").flag(false) && !saysSo(text)) {
      text = "Error: " + text;
    }
    String tool = toolOfCall.getOrDefault(id, "");
    results.add(new Message.ToolResult(id, tool, text, List.of()));
  }

  private static boolean saysSo(String text) {
    String start = text.substring(0, Math.min(text.length(), 20)).toLowerCase(Locale.ROOT);
    return start.startsWith("error") || start.startsWith("<tool_use_error>");
  }
}
