package com.visiquate.ccproxy.backend.exchange;

import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.chat.ToolCall;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Owns what the model has said so far; pieces of one kind that follow each other are one. */
final class Transcript {
  private final List<ChatEvent> said = new ArrayList<>();
  private final StringBuilder piece = new StringBuilder();
  private boolean thinking;

  public void add(ChatEvent event) {
    if (event instanceof ChatEvent.Text text && text.logprobs().isEmpty()) {
      grow(text.text(), false);
      return;
    }
    switch (event) {
      case ChatEvent.Thinking thought -> grow(thought.text(), true);
      case ChatEvent.Text text -> put(text);
      case ChatEvent.Call call -> put(call);
      case ChatEvent.Embedded embedded -> put(embedded);
      case ChatEvent.Finished finished -> put(finished);
    }
  }

  /** All of it, for a client that has heard nothing yet. */
  List<ChatEvent> events() {
    close();
    return List.copyOf(said);
  }

  /** The answer as a message, without thinking, which never comes back in a prompt; or null. */
  Message.@Nullable Assistant answer() {
    StringBuilder text = new StringBuilder();
    List<ToolCall> calls = new ArrayList<>();
    for (ChatEvent event : events()) {
      if (event instanceof ChatEvent.Text one) {
        text.append(one.text());
      } else if (event instanceof ChatEvent.Call one) {
        calls.add(one.call());
      }
    }
    return text.isEmpty() && calls.isEmpty()
        ? null
        : new Message.Assistant(text.toString(), "", calls);
  }

  private void grow(String text, boolean thought) {
    if (thought != thinking) {
      close();
    }
    thinking = thought;
    piece.append(text);
  }

  private void put(ChatEvent event) {
    close();
    said.add(event);
  }

  private void close() {
    if (!piece.isEmpty()) {
      String text = piece.toString();
      said.add(thinking ? new ChatEvent.Thinking(text) : new ChatEvent.Text(text));
      piece.setLength(0);
    }
  }
}
