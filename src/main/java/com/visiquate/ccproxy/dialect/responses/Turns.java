package com.visiquate.ccproxy.dialect.responses;

import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.chat.ToolCall;
import com.visiquate.ccproxy.dialect.Dropped;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects messages. Items of one answer, which this family keeps apart, become the one message
 * that the model said: thoughts, text and calls together.
 */
final class Turns {
  private final Dropped dropped;
  private final List<Message> messages = new ArrayList<>();
  private final List<String> thoughts = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();
  private final List<ToolCall> calls = new ArrayList<>();

  Turns(Dropped dropped) {
    this.dropped = dropped;
  }

  void thought(String text) {
    if (!text.isEmpty()) {
      thoughts.add(text);
    }
  }

  void said(String text) {
    texts.add(text);
  }

  void called(ToolCall call) {
    calls.add(call);
  }

  /** A message of somebody else, which ends the model's turn. */
  void add(Message message) {
    endTurn();
    messages.add(message);
  }

  List<Message> all() {
    endTurn();
    return List.copyOf(messages);
  }

  private void endTurn() {
    if (!texts.isEmpty() || !calls.isEmpty()) {
      messages.add(
          new Message.Assistant(String.join("\n", texts), String.join("\n", thoughts), calls));
    } else {
      // Thoughts that led to nothing: a turn that said nothing would confuse a template.
      dropped.addIf(!thoughts.isEmpty(), "input.reasoning");
    }
    thoughts.clear();
    texts.clear();
    calls.clear();
  }
}
