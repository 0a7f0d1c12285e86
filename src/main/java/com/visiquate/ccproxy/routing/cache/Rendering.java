package com.visiquate.ccproxy.routing.cache;

import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.EmbedRequest;
import com.visiquate.ccproxy.chat.GenerateRequest;
import com.visiquate.ccproxy.chat.Image;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.chat.ModelRequest;
import com.visiquate.ccproxy.chat.Tool;
import com.visiquate.ccproxy.chat.ToolCall;
import java.util.List;

/** Writes a request in the order in which templates render it: tools, instructions, messages. */
final class Rendering {
  /** What a template puts around one message. */
  private static final int FRAME = 18;

  private static final int IMAGE = 2_100;

  private Rendering() {}

  static Chain of(ModelRequest request) {
    return switch (request) {
      case ChatRequest chat -> chat(chat);
      case GenerateRequest generate -> generate(generate);
      case EmbedRequest embed -> embed(embed);
    };
  }

  private static Chain chat(ChatRequest request) {
    ChainWriter writer = new ChainWriter();
    request.offeredTools().forEach(tool -> tool(tool, writer));
    int tools = writer.length();
    int instructed = tools;
    List<Message> messages = request.messages();
    int answer = lastAnswer(messages);
    int instructions = instructions(messages);
    int vacancy = instructions == 0 && request.offeredTools().isEmpty() ? 1 : instructions;
    long role = writer.hash();
    long continued = 0;
    for (int i = 0; i < messages.size(); i++) {
      continued = i == answer ? writer.hash() : continued;
      message(messages.get(i), writer);
      role = i < vacancy ? writer.hash() : role;
      instructed = i < instructions ? writer.length() : instructed;
    }
    return new Chain(writer, role, continued, new Chain.Head(tools, instructed));
  }

  /**
   * The suffix comes first in what models are shown, but not in all; so it is a part of its own.
   */
  private static Chain generate(GenerateRequest request) {
    ChainWriter writer = new ChainWriter();
    writer.mark(request.raw() ? 'r' : 'g', request.raw() ? 0 : FRAME);
    writer.text(request.template());
    writer.text(request.system());
    long role = writer.hash();
    writer.text(request.prompt());
    writer.bound();
    writer.text(request.suffix());
    images(request.images(), writer);
    return new Chain(writer, role, 0, Chain.Head.NONE);
  }

  /** Without boundaries, because nothing of an embedding is kept for the next one. */
  private static Chain embed(EmbedRequest request) {
    ChainWriter writer = new ChainWriter();
    writer.mark('e', 0);
    long role = writer.hash();
    request.texts().forEach(text -> writer.mark(text.hashCode(), text.length()));
    return new Chain(writer, role, 0, Chain.Head.NONE);
  }

  /** Thinking is left out: templates drop it from the history. */
  static void message(Message message, ChainWriter writer) {
    switch (message) {
      case Message.Instruction said -> text('i', said.text(), writer);
      case Message.User said -> {
        text('u', said.text(), writer);
        images(said.images(), writer);
      }
      case Message.Assistant said -> {
        // Clients and templates trim what the model said.
        text('a', said.text().strip(), writer);
        said.calls().forEach(call -> call(call, writer));
      }
      case Message.ToolResult said -> {
        text('t', said.text(), writer);
        images(said.images(), writer);
      }
    }
    writer.bound();
  }

  private static void tool(Tool tool, ChainWriter writer) {
    text('o', tool.name(), writer);
    writer.text(tool.description());
    writer.text(tool.parameters().text());
    writer.bound();
  }

  private static void call(ToolCall call, ChainWriter writer) {
    writer.text(call.name());
    writer.text(call.arguments().text());
  }

  private static void images(List<Image> images, ChainWriter writer) {
    images.forEach(image -> writer.mark(image.base64().hashCode(), IMAGE));
  }

  private static void text(char kind, String text, ChainWriter writer) {
    writer.mark(kind, FRAME);
    writer.text(text);
  }

  /** How many it begins with; without tools and instructions the first message makes the role. */
  private static int instructions(List<Message> messages) {
    int count = 0;
    while (count < messages.size() && messages.get(count) instanceof Message.Instruction) {
      count++;
    }
    return count;
  }

  /** Where the last answer begins, which may be several messages; -1 when there is none. */
  private static int lastAnswer(List<Message> messages) {
    int last = messages.size() - 1;
    while (last >= 0 && !(messages.get(last) instanceof Message.Assistant)) {
      last--;
    }
    while (last > 0 && messages.get(last - 1) instanceof Message.Assistant) {
      last--;
    }
    return last;
  }
}
