package com.visiquate.ccproxy.dialect.anthropic;

import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.chat.ToolCall;
import com.visiquate.ccproxy.dialect.Attachments;
import com.visiquate.ccproxy.dialect.CallsSoFar;
import com.visiquate.ccproxy.dialect.Dropped;
import com.visiquate.ccproxy.dialect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads one turn of the user: first the results of tools, then what the user says and shows. */
final class UserTurn {
  private final CallsSoFar callsSoFar;
  private final Dropped dropped;
  private final List<Message> results = new ArrayList<>();
  private final Parts said;

  UserTurn(CallsSoFar callsSoFar, Dropped dropped) {
    this.callsSoFar = callsSoFar;
    this.dropped = dropped;
    said = new Parts(Attachments.EARLIER, dropped);
  }

  /**
   * @param strictFrom index of the first block that may be refused, being of the last message
   */
  List<Message> read(List<Field> blocks, int strictFrom) {
    for (int index = 0; index < blocks.size(); index++) {
      Field block = blocks.get(index);
      if (block.object().at("type").text().equals("tool_result")) {
        result(block);
      } else {
        said.add(block, new Attachments(index >= strictFrom));
      }
    }
    if (!said.text().isEmpty() || !said.images().isEmpty()) {
      results.add(new Message.User(said.text(), said.images()));
    }
    return results;
  }

  private void result(Field block) {
    String id = ToolIds.fromClient(block.at("tool_use_id").text());
    Parts content = Parts.of(block.at("content"), Attachments.EARLIER, dropped);
    String text = content.text();
    if (block.at("is_error").flag(false) && !saysSo(text)) {
      text = "Error: " + text;
    }
    ToolCall call = callsSoFar.answered(id, "");
    results.add(
        new Message.ToolResult(id, call == null ? "" : call.name(), text, content.images()));
  }

  private static boolean saysSo(String text) {
    String start = text.substring(0, Math.min(text.length(), 20)).toLowerCase(Locale.ROOT);
    return start.startsWith("error") || start.startsWith("<tool_use_error>");
  }
}
