package com.visiquate.ccproxy.chat;

import java.util.List;

/** One message of a conversation, in the order in which the client sent it. */
public sealed interface Message {
  /** Instructions of the operator or developer, wherever they stand. */
  record Instruction(String text) implements Message {}

  /** What the user said. */
  record User(String text, List<Image> images) implements Message {
    public User {
      images = List.copyOf(images);
    }

    public User(String text) {
      this(text, List.of());
    }
  }

  /**
   * What the model answered earlier.
   *
   * @param thinking empty when there was none
   */
  record Assistant(String text, String thinking, List<ToolCall> calls) implements Message {
    public Assistant {
      calls = List.copyOf(calls);
    }
  }

  /**
   * What a tool returned.
   *
   * @param callId the call that it answers; empty when the client did not say
   * @param toolName the tool that was called; empty when it is not known
   */
  record ToolResult(String callId, String toolName, String text, List<Image> images)
      implements Message {
    public ToolResult {
      images = List.copyOf(images);
    }
  }
}
