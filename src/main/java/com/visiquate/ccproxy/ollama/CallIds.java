package com.visiquate.ccproxy.ollama;

import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.chat.ToolCall;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Keeps the ids of tool calls unique over a conversation; owns the set of those in use.
 *
 * <p>Invented ids depend only on the conversation, so the same answer read twice has the same ids.
 */
final class CallIds {
  private final Set<String> used = new HashSet<>();
  private final int turn;
  private int next;

  /** Of the answer to these messages. */
  CallIds(List<Message> messages) {
    turn = messages.size();
    for (Message message : messages) {
      if (message instanceof Message.Assistant assistant) {
        assistant.calls().stream().map(ToolCall::id).forEach(used::add);
      }
    }
  }

  /** The id itself when nobody has it, else a new one. */
  String unique(String wanted) {
    String id = wanted;
    while (id.isBlank() || !used.add(id)) {
      id = String.format(Locale.ROOT, "call_%04d%04d", turn, next++);
    }
    return id;
  }
}
