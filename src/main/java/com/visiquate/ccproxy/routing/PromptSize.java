package com.visiquate.ccproxy.routing;

import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.chat.Tool;
import com.visiquate.ccproxy.chat.ToolCall;

/** Guesses the tokens of a prompt from its length; good enough to compare waiting times. */
final class PromptSize {
  private static final double CHARACTERS = 3.5;
  private static final int IMAGE_TOKENS = 600;
  private static final int MESSAGE_TOKENS = 5;

  private PromptSize() {}

  static int of(ChatRequest request) {
    int messages = request.messages().stream().mapToInt(PromptSize::of).sum();
    int tools = request.offeredTools().stream().mapToInt(PromptSize::of).sum();
    return Math.max(1, messages + tools);
  }

  private static int of(Message message) {
    return switch (message) {
      case Message.Instruction said -> text(said.text());
      case Message.User said -> text(said.text()) + IMAGE_TOKENS * said.images().size();
      case Message.Assistant said -> text(said.text()) + calls(said);
      case Message.ToolResult said -> text(said.text()) + IMAGE_TOKENS * said.images().size();
    };
  }

  private static int calls(Message.Assistant said) {
    return said.calls().stream().mapToInt(PromptSize::of).sum();
  }

  private static int of(ToolCall call) {
    return text(call.name()) + text(call.arguments().text());
  }

  private static int of(Tool tool) {
    return text(tool.name()) + text(tool.description()) + text(tool.parameters().text());
  }

  private static int text(String text) {
    return MESSAGE_TOKENS + (int) (text.length() / CHARACTERS);
  }
}
