package com.visiquate.ccproxy.ollama;

import com.fasterxml.jackson.core.JsonGenerator;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.chat.ToolCall;
import java.io.IOException;
import java.util.List;

/** Writes a conversation in Ollama's words: content is always one string. */
final class Messages {
  private Messages() {}

  static void write(JsonGenerator out, List<Message> messages) throws IOException {
    out.writeArrayFieldStart("messages");
    for (Message message : messages) {
      out.writeStartObject();
      one(out, message);
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static void one(JsonGenerator out, Message message) throws IOException {
    switch (message) {
      case Message.Instruction instruction -> said(out, "system", instruction.text());
      case Message.User user -> {
        said(out, "user", user.text());
        BodyWriter.images(out, user.images());
      }
      case Message.Assistant assistant -> {
        said(out, "assistant", assistant.text());
        if (!assistant.thinking().isEmpty()) {
          out.writeStringField("thinking", assistant.thinking());
        }
        calls(out, assistant.calls());
      }
      case Message.ToolResult result -> {
        said(out, "tool", result.text());
        BodyWriter.images(out, result.images());
        naming(out, result);
      }
    }
  }

  private static void said(JsonGenerator out, String role, String content) throws IOException {
    out.writeStringField("role", role);
    out.writeStringField("content", content);
  }

  private static void calls(JsonGenerator out, List<ToolCall> calls) throws IOException {
    if (calls.isEmpty()) {
      return;
    }
    out.writeArrayFieldStart("tool_calls");
    for (int index = 0; index < calls.size(); index++) {
      call(out, index, calls.get(index));
    }
    out.writeEndArray();
  }

  private static void call(JsonGenerator out, int index, ToolCall call) throws IOException {
    out.writeStartObject();
    out.writeStringField("id", call.id());
    out.writeObjectFieldStart("function");
    out.writeNumberField("index", index);
    out.writeStringField("name", call.name());
    out.writeFieldName("arguments");
    out.writeRawValue(call.arguments().text());
    out.writeEndObject();
    out.writeEndObject();
  }

  /** Both names: which one a model's template reads differs from model to model. */
  private static void naming(JsonGenerator out, Message.ToolResult result) throws IOException {
    if (!result.toolName().isEmpty()) {
      out.writeStringField("tool_name", result.toolName());
    }
    if (!result.callId().isEmpty()) {
      out.writeStringField("tool_call_id", result.callId());
    }
  }
}
