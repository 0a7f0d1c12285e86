package com.visiquate.ccproxy.backend;

import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.chat.ToolCall;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Owns what the model has said so far; thinking is left out, as it never comes back in a prompt.
 */
final class Transcript {
  private final StringBuilder text = new StringBuilder();
  private final List<ToolCall> calls = new ArrayList<>();

  void add(ChatEvent event) {
    switch (event) {
      case ChatEvent.Text said -> text.append(said.text());
      case ChatEvent.Call called -> calls.add(called.call());
      case ChatEvent.Thinking thinking -> {}
      case ChatEvent.Embedded embedded -> {}
      case ChatEvent.Finished finished -> {}
    }
  }

  /** The answer as a message; null when nothing was said. */
  Message.@Nullable Assistant answer() {
    return text.isEmpty() && calls.isEmpty()
        ? null
        : new Message.Assistant(text.toString(), "", calls);
  }
}
